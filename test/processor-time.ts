/** Time of this process alone, in place of a clock: what else the machine does meanwhile does not count. */

/** Milliseconds for which this process has computed, all of its threads together. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
