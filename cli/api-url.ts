/** The address of a deployed API, as a command line has it. */

const ownHosts = ['127.0.0.1', 'localhost', '[::1]'];

/** @returns ends in a slash; `null` for what is no such address. Only to this machine does anything go unencrypted. */
export function parseApiUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const { protocol, hostname, username, password, search, hash } = url;
  const isSafe = protocol === 'https:' || (protocol === 'http:' && ownHosts.includes(hostname));
  if (!isSafe || username || password || search || hash) return null;
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
