/**
 * The largest eigenvalue of a positive semidefinite matrix that is only applied, never formed: Lanczos from random
 * starts, with an upper bound that holds with a stated confidence (after Kuczynski and Wozniakowski 1992).
 *
 * Let lambda be the largest eigenvalue, x uniform on the sphere of R^n and xi the largest Ritz value of m = k - 1
 * powers. If xi < (1 - e) lambda, then for every polynomial p of degree m, sum_i x_i^2 p(l_i)^2 (l_i - (1 - e) lambda)
 * < 0; with p the Chebyshev polynomial T_m of [0, (1 - e) lambda] this says x_1^2 < (1 - e) / (e T^2), T = T_m((1 + e)
 * / (1 - e)), and as the density of x_1 is at most sqrt(n / (2 pi)), it happens with probability at most sqrt(2 n (1 -
 * e) / (pi e)) / T. Independent starts all fail with the power of that.
 */

import { normals, split, type Key } from "../base/random.ts";
import { largestOfTridiagonal } from "./lanczos.ts";

export interface LanczosBounds {
  /** The largest Ritz value: lambda is at least this, up to rounding. */
  readonly lower: number;
  /** lambda is at most this, with the confidence asked for. */
  readonly upper: number;
}

export interface LanczosOptions {
  /** Random starts, iterated side by side. */
  readonly starts: number;
  /** Applications of the matrix. */
  readonly steps: number;
  readonly confidence: number;
  readonly key: Key;
  /** Relative error of an application, by which both bounds are widened. */
  readonly relativeError: number;
}

/** @param apply the matrix times each of `starts` vectors, row-major (start, coordinate) */
export async function lanczosBounds(
  order: number,
  apply: (vectors: Float64Array) => Promise<Float64Array>,
  { starts, steps, confidence, key, relativeError }: LanczosOptions,
): Promise<LanczosBounds> {
  const runs = split(key, starts).map((k) => krylov(normals(k, new Float64Array(order))));
  const most = Math.min(steps, order);
  for (let step = 0; step < most; step++) {
    const vectors = new Float64Array(starts * order);
    runs.forEach((run, r) => vectors.set(run.vector(), r * order));
    const images = await apply(vectors);
    runs.forEach((run, r) => run.extend(images.slice(r * order, (r + 1) * order)));
  }
  const ritz = Math.max(...runs.map((run) => run.largest()));
  const exhausted = most === order || runs.some((run) => run.exhausted());
  const e = exhausted ? 0 : shortfall(order, most - 1, (1 - confidence) ** (1 / starts));
  return { lower: ritz * (1 - relativeError), upper: (ritz / (1 - e)) * (1 + relativeError) };
}

/** The least e for which one start falls short by it with probability at most `failure`; 1 if there is none. */
function shortfall(order: number, degree: number, failure: number): number {
  const probability = (e: number): number =>
    Math.sqrt((2 * order * (1 - e)) / (Math.PI * e)) / Math.cosh(degree * Math.acosh((1 + e) / (1 - e)));
  if (degree < 1 || probability(1 - 1e-9) > failure) return 1;
  let [low, high] = [0, 1 - 1e-9];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (probability(middle) <= failure) high = middle;
    else low = middle;
  }
  return high;
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i], 0);

/** One start's Krylov space, fully reorthogonalised. */
function krylov(start: Float64Array) {
  const unit = (x: Float64Array, norm: number): Float64Array => x.map((v) => v / norm);
  const basis = [unit(start, Math.sqrt(dot(start, start)))];
  const [diagonal, off]: [number[], number[]] = [[], []];
  let done = false;
  return {
    vector: () => basis[basis.length - 1],
    /** The space is invariant: its Ritz values are eigenvalues. */
    exhausted: () => done,
    extend(image: Float64Array) {
      if (done) return;
      const size = Math.sqrt(dot(image, image));
      diagonal.push(dot(image, basis[basis.length - 1]));
      for (let round = 0; round < 2; round++)
        for (const q of basis) {
          const c = dot(image, q);
          for (let i = 0; i < image.length; i++) image[i] -= c * q[i];
        }
      const rest = Math.sqrt(dot(image, image));
      if (rest <= 1e-12 * size) {
        done = true;
        return;
      }
      off.push(rest);
      basis.push(unit(image, rest));
    },
    largest: () => largestOfTridiagonal(diagonal, off),
  };
}
