/** Where a transition lies, in words. */

import type { Standing } from "./score.ts";

/** `11.3 (10.9 to 11.8)`, or which side of the graded sizes it lies. */
export function shortStanding({ axis, status, estimate, interval: [low, high], sizes }: Standing): string {
  const [below, above] = [`below ${axis} = ${sizes[0]}`, `above ${axis} = ${sizes[sizes.length - 1]}`];
  if (estimate === null) return status === "learned nowhere" ? below : above;
  const ends = [low?.toPrecision(3) ?? below, high?.toPrecision(3) ?? above];
  return `${axis} = ${estimate.toPrecision(3)} (${ends.join(" to ")})`;
}
