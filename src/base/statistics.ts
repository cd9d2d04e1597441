/** Small statistics, in one place: mean, deviation, median, quantiles, bootstrap bands. Of no values they are NaN. */

import { keyFor, stream } from "./random.ts";

/** A number with its standard error, 0 where it is exact or in closed form. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

/** Numbers in an array of any type. */
type Numbers = Pick<Float64Array, "length"> & {
  reduce(add: (sum: number, x: number) => number, start: number): number;
};

export const mean = (values: Numbers): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Standard deviation, by one less than the number of values. */
export function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (values.length - 1));
}

/**
 * The q-quantile, linear between the sorted values, of which the least is the 0- and the greatest the 1-quantile (type
 * 7 of Hyndman and Fan 1996, what NumPy and R do).
 */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const share = at - below;
  return share === 0 ? (sorted[below] ?? NaN) : (1 - share) * sorted[below] + share * sorted[below + 1];
}

/** The middle value; of an even number of values the mean of the two middle ones. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The 2.5 % and 97.5 % quantiles of a statistic over 2000 resamples of the items, reproducibly. */
export function bootstrap<T>(
  items: readonly T[],
  statistic: (sample: T[]) => number,
  name: string,
): [number, number] {
  const s = stream(keyFor("bootstrap", name, items.length));
  const values = Array.from({ length: 2000 }, () => statistic(items.map(() => items[s.below(items.length)])));
  const finite = values.filter(Number.isFinite);
  return [quantile(finite, 0.025), quantile(finite, 0.975)];
}
