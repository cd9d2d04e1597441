/** When the queue is asked again: never twice in ten seconds, more rarely the longer it goes, later after errors. */

const [SHORTEST, LONGEST, AFTER_ERRORS] = [10, 30, 60];
const GROWTH = 1.15;
const JITTER = 0.1;

/**
 * Seconds to the next call.
 *
 * @param polls calls so far
 * @param errors calls without answer since the last with one
 * @param random in [0, 1): many clients do not ask in step
 */
export function nextPoll(polls: number, errors: number, random: number): number {
  const wait =
    errors > 0
      ? Math.min(AFTER_ERRORS, SHORTEST * 2 ** Math.min(errors, 10))
      : Math.min(LONGEST, SHORTEST * GROWTH ** Math.min(polls, 100));
  return wait * (1 + JITTER * random);
}
