/** Writes every permission of a deployment into the README: `npm run permissions`. */
import { permissionsTable } from './permissions-table.ts';
import { writeBlock } from './readme-block.ts';

writeBlock('permissions', permissionsTable());
