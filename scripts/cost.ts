/** Writes what lookups cost into the README: `npm run cost`. */
import { costText } from './cost-table.ts';
import { writeBlock } from './readme-block.ts';

writeBlock('cost', costText());
