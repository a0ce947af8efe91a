/** `npm run laws` tries everything; `npm test` tries enough of it to be waited for. */
export const thorough = process.env['LAWS'] === 'all';

/** How often a property is tried. */
export function times(few: number, many: number): number {
  return thorough ? many : few;
}
