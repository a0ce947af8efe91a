/** The page's style, one file of our own. The bundle has its text, minified, in the place of this module. */
import { readFileSync } from 'node:fs';

const style: string = readFileSync(new URL('style.css', import.meta.url), 'utf8');

export default style;
