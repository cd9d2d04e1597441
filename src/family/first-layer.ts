/** The relu units of a student's first layer, as far as statistics of hidden progress read them. */

import type { Network, Weights } from "../network/network.ts";

/** Units relu(w_j . x + b_j) on inputs of their own, and what the output makes of them. */
export interface FirstLayer {
  /** Row-major (input, unit). */
  readonly w: Float32Array;
  readonly inputs: number;
  readonly units: number;
  /** |w_j|^2. */
  readonly squares: Float64Array;
  /** Of a network without other layers, a_j and b_j. */
  readonly only: { readonly out: Float32Array; readonly bias: Float32Array } | null;
}

/** The first weight matrix; null where the first weights are none. */
export function firstLayer({ weights: shapes }: Network, weights: Weights): FirstLayer | null {
  const [name, bias, ...rest] = Object.keys(shapes);
  const [inputs, units] = shapes[name];
  if (shapes[name].length !== 2) return null;
  const w = weights[name];
  const squares = new Float64Array(units);
  for (let i = 0, at = 0; i < inputs; i++) for (let j = 0; j < units; j++, at++) squares[j] += w[at] ** 2;
  const alone = bias.endsWith(".b") && rest.join() === "out.w,out.b" && shapes["out.w"][0] === units;
  const only = alone ? { out: weights["out.w"], bias: weights[bias] } : null;
  return { w, inputs, units, squares, only };
}

/**
 * What a unit adds to the components of degree k, up to a common factor: a_j |w_j| He_{k-2}(t) e^{-t^2/2} /
 * He_{k-2}(0), t = b_j / |w_j|, by the Hermite coefficients of relu(z + t); a_j |w_j| where there is no bias. Even k.
 */
export function orderWeights({ only, squares, units }: FirstLayer, k: number): Float64Array | null {
  if (only === null) return null;
  const { out, bias } = only;
  const atZero = hermiteValue(k - 2, 0);
  return Float64Array.from({ length: units }, (_, j) => {
    const length = Math.sqrt(squares[j]);
    if (length === 0) return 0;
    const t = bias[j] / length;
    return (out[j] * length * hermiteValue(k - 2, t) * Math.exp((-t * t) / 2)) / atZero;
  });
}

/** He_n(t), by He_{n+1} = t He_n - n He_{n-1}. */
function hermiteValue(n: number, t: number): number {
  let [before, at] = [0, 1];
  for (let i = 0; i < n; i++) [before, at] = [at, t * at - i * before];
  return at;
}

/**
 * What of the units' squared weights lies in a set of directions: of the unit with most of its own, and of all
 * together.
 * @param best of each unit, at most |w_j|^2
 */
export function ofUnits(best: Float64Array, squares: Float64Array): { nearest: number; share: number } {
  let [nearest, found, all] = [0, 0, 0];
  for (let j = 0; j < best.length; j++) {
    if (squares[j] > 0) nearest = Math.max(nearest, best[j] / squares[j]);
    found += best[j];
    all += squares[j];
  }
  return { nearest, share: all > 0 ? found / all : 0 };
}
