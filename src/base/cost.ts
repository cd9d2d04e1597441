/** What work takes, and how that is said. */

/** What a computation is expected to take, rounded up generously. */
export interface Cost {
  readonly seconds: number;
  readonly bytes: number;
}

/** Seconds from which on a reader is told how long it takes. */
export const LONG = 60;

/** A time as people say it, rounded up. */
export function briefTime(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3600)} hours`;
}
