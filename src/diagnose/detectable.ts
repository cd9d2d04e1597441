/** How large an effect would have been seen: what makes "nothing found" a statement. */

import { quantileOfT } from "../numeric/confidence.ts";
import type { Energy } from "./energy.ts";

/** With this probability an effect of the size stated is seen. */
export const power = 0.9;

/** Student's t with so many degrees of freedom is the normal law. */
const NORMAL = 1e8;
const normalQuantile = (p: number): number => quantileOfT(p, NORMAL);

/**
 * The least sum of squared correlations that the test sees with probability 0.9: c + z s(theta) = theta, c the critical
 * value without correlation, of a sum of squares by its three moments (Wilson and Hilferty 1931), s(theta)^2 its
 * variance there plus 4 theta / N of the part that is linear in the mean. What the tail may hold unseen, by its own 0.9
 * quantile, is added to c: it grows with the length of the mean of y phi(x), the square root of theta and its floor.
 * @param level of the test, below 1/2
 * @param examples N
 * @returns null where nothing could have been seen, or the examples are too few to say what would have been
 */
export function detectable(
  { value, chance: { deviation, skewness }, unseen, unseenDeviation, floor }: Energy,
  level: number,
  examples: number,
): number | null {
  if (unseen === null || unseenDeviation === null) return null;
  const z = normalQuantile(1 - level);
  const g = Math.max(skewness, 1e-6);
  const critical = deviation * (2 / g) * ((1 + (g * z) / 6 - (g * g) / 36) ** 3 - 1);
  const now = Math.sqrt(Math.max(value, 0) + floor);
  const away = normalQuantile(power);
  const hidden = (unseen / now) * Math.exp(away * (unseenDeviation / unseen || 0));
  let theta = critical;
  for (let i = 0; i < 100; i++)
    theta =
      critical +
      hidden * Math.sqrt(theta + floor) +
      away * Math.sqrt(deviation ** 2 + (4 * theta) / examples);
  return theta;
}
