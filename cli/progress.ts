/** What a person sees who waits: on standard error, and only where that is a terminal. */

const everyMs = 1_000;

/**
 * @param what is asked; a function: what there is to say of it now
 * @returns ends it, and leaves nothing of it on the screen
 */
export function showProgress(what: string | (() => string), stream: NodeJS.WriteStream): () => void {
  if (!stream.isTTY) return () => {};
  const since = performance.now();
  const show = () => {
    const seconds = Math.round((performance.now() - since) / 1000);
    // A line that is broken could not be erased.
    const line = `asking ${typeof what === 'string' ? what : what()} … ${seconds} s`.slice(
      0,
      Math.max(0, (stream.columns ?? 80) - 1),
    );
    stream.write(`\r\u001b[K${line}`);
  };
  show();
  const timer = setInterval(show, everyMs);
  return () => {
    clearInterval(timer);
    stream.write('\r\u001b[K');
  };
}
