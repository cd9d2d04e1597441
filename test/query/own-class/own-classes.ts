/** Classes with a known query dimension, as functions on samples: what the certificates of `custom` are held against. */

import { stream, type Key } from "../../../src/base/random.ts";
import { degreeParityLaw } from "../../../src/family/gnn-degree-parity/degree-law.ts";
import type { FunctionClass } from "../../../src/query/own-class/class-of-your-own.ts";

export interface KnownClass<X> extends FunctionClass<X> {
  /** d_eff under the law. */
  readonly dimension: number;
}

/** The 2^(n-2) degree parities on the law of the parity vector: d_eff = 1 / its largest probability. */
export function degreeParities(n: number): KnownClass<number> {
  const { vectors, probabilities, likeliest } = degreeParityLaw(n, 0.5);
  const upTo = probabilities.slice();
  for (let i = 1; i < upTo.length; i++) upTo[i] += upTo[i - 1];
  const parity = (x: number): number => {
    let odd = 0;
    for (let rest = x; rest !== 0; rest &= rest - 1) odd ^= 1;
    return odd;
  };
  return {
    dimension: 1 / likeliest.probability,
    sample: (key, count) => {
      const { uniform } = stream(key);
      return Array.from({ length: count }, () => {
        const u = uniform() * upTo[upTo.length - 1];
        return vectors[upTo.findIndex((total) => u < total)];
      });
    },
    functions: Array.from(
      { length: 2 ** (n - 2) },
      (_, s) => (v: number) => (parity(v & (4 * s)) === 1 ? -1 : 1),
    ),
  };
}

const uniforms = (key: Key, count: number): number[] => {
  const { uniform } = stream(key);
  return Array.from({ length: count }, uniform);
};

/** sqrt(2) cos(2 pi j x), j = 1..D, on [0, 1): orthonormal, so d_eff = D. */
export const cosines = (count: number): KnownClass<number> => ({
  dimension: count,
  sample: uniforms,
  functions: Array.from({ length: count }, (_, j) => (x: number) => Math.SQRT2 * Math.cos(2 * Math.PI * (j + 1) * x)), // prettier-ignore
  bound: Math.SQRT2,
});

/** Indicators of [0, w_1), [w_1, w_1 + w_2), ...: squared norms w_i, orthogonal; weighted d_eff = sum w / max w. */
export function indicators(widths: readonly number[]): KnownClass<number> {
  const ends = widths.map((_, i) => widths.slice(0, i + 1).reduce((a, b) => a + b, 0));
  return {
    dimension: ends[ends.length - 1] / Math.max(...widths),
    sample: uniforms,
    functions: widths.map((w, i) => (x: number) => (x < ends[i] && x >= ends[i] - w ? 1 : 0)),
    bound: 1,
  };
}
