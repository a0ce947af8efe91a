/** What the age of an endpoint means for CloudTrail. Pure. */

/** CloudTrail's event history goes back this far. */
export const lookbackDays = 90;
/** Events come within about 5 minutes, without a guarantee; older documentation says 15. */
export const deliveryMinutes = 15;

const dayMs = 86_400_000;
export const minuteMs = 60_000;

/** @returns why CloudTrail cannot know any more, or `null` */
export function tooOld(createdAt: Date | null, now: Date): string | null {
  const age = createdAt === null ? 0 : now.getTime() - createdAt.getTime();
  if (age <= lookbackDays * dayMs) return null;
  return `the endpoint is ${Math.floor(age / dayMs)} days old, and CloudTrail's event history keeps ${lookbackDays}`;
}

/** @returns why CloudTrail may not know yet, or `null` */
export function tooYoung(createdAt: Date | null, now: Date): string | null {
  const age = createdAt === null ? Infinity : now.getTime() - createdAt.getTime();
  if (age >= deliveryMinutes * minuteMs) return null;
  const minutes = Math.max(0, Math.floor(age / minuteMs));
  return `the endpoint is ${minutes} minutes old, and CloudTrail delivers events up to ${deliveryMinutes} minutes late`;
}
