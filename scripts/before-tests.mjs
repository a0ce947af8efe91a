/** A test of the command would install what is missing, and take node_modules away from under the others. */
import { isInstalled } from './is-installed.mjs';

export default function beforeTests() {
  if (!isInstalled())
    throw new Error(
      'expected node_modules to be installed from package-lock.json: `npm test` does that, and so does `npm ci`',
    );
}
