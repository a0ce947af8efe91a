/** Whether one more request of that key fits into any window of one second; those that do not fit do not count. */
export function createRateLimit(
  perSecond: number,
  clockMs: () => number = () => performance.now(),
): (key: string) => boolean {
  const recent = new Map<string, number[]>();
  return (key) => {
    const now = clockMs();
    const times = (recent.get(key) ?? []).filter((time) => now - time < 1000);
    const fits = times.length < perSecond;
    recent.set(key, fits ? [...times, now] : times);
    return fits;
  };
}
