/**
 * What Lambda does with a bundle, in a process that has loaded nothing else: `instance.mjs FILE [EVENT]`. The last line
 * that it prints says, as JSON, how long loading took, what the answer to the event is, and the peak memory.
 */
const [file, event] = process.argv.slice(2);
const startedAt = performance.now();
const { handler } = await import(file);
const loadMs = performance.now() - startedAt;

const context = {
  invokedFunctionArn: `arn:aws:lambda:${process.env.AWS_REGION}:111122223333:function:vpce-owner`,
  getRemainingTimeInMillis: () => 28_000,
};
const body = event === undefined ? null : (await handler(JSON.parse(event), context)).body;
const { maxRSS } = process.resourceUsage();
process.stdout.write(`${JSON.stringify({ loadMs, body, peakMb: maxRSS / 1024 })}\n`, () => process.exit());
