/** What chance gives, and when a training has failed: by routes other than the program's. */

import { average } from "./rule.ts";
import { share, type Train } from "./run.ts";

/** Integral of a smooth function by Simpson's rule. */
function integral(f: (x: number) => number, to: number): number {
  const n = 2000;
  let sum = f(0) + f(to);
  for (let i = 1; i < n; i++) sum += f((i * to) / n) * (i % 2 === 0 ? 2 : 4);
  return (sum * to) / n / 3;
}

const quantiles = new Map<number, number>();

/** Student's t, 0.995: with t = sqrt(nu) tan(a) the density is that of cos(a)^(nu - 1). */
export function studentQuantile(nu: number): number {
  const known = quantiles.get(nu);
  if (known !== undefined) return known;
  const density = (a: number): number => Math.cos(a) ** (nu - 1);
  const half = integral(density, Math.PI / 2);
  let [low, high] = [0, Math.PI / 2];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (integral(density, middle) / half < 0.99) low = middle;
    else high = middle;
  }
  const found = Math.sqrt(nu) * Math.tan(low);
  quantiles.set(nu, found);
  return found;
}

/** What a further value of the normal law that these are from stays below with probability 0.995. */
function limit(values: readonly number[]): number {
  const m = average(values);
  const variance = values.reduce((sum, x) => sum + (x - m) ** 2, 0) / (values.length - 1);
  return Math.max(0, m + studentQuantile(values.length - 1) * Math.sqrt(variance + variance / values.length));
}

/** The most that students of shuffled labels explain, and achieve; null for fewer than three. */
export function levelsOf(shuffled: readonly Train[]): readonly [number, number] | null {
  if (shuffled.length < 3) return null;
  return [
    limit(shuffled.flatMap((r) => r.result.final.explainedVariance ?? [])),
    limit(shuffled.flatMap((r) => share(r) ?? [])),
  ];
}

/** What became of a training, by those levels; a twentieth where there are none. */
export function outcomeBy(r: Train, levels: readonly [number, number] | null): string {
  const [of, explained] = [share(r), r.result.final.explainedVariance];
  if (of === null || explained === null) return "diverged";
  if (of > 0.9) return "learned";
  const [most, mostShare] = levels ?? [0.05, 0.05];
  return explained > most || of > mostShare ? "partly" : "at chance";
}
