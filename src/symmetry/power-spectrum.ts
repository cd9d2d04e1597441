/**
 * The power spectrum of a real signal of odd length n = 2m+1: invariant under cyclic shifts, Exp(1) for white noise.
 */

import { stream, type Key } from "../base/random.ts";

/** For `count` signals of length 2m+1: |sum_s x_s e^{-2 pi i j s/n}|^2 / n at j = 1..m. */
export function powerSpectrum(m: number): (signals: ArrayLike<number>, count: number) => Float64Array {
  const n = 2 * m + 1;
  const cosines = Float64Array.from({ length: n }, (_, s) => Math.cos((2 * Math.PI * s) / n));
  const sines = Float64Array.from({ length: n }, (_, s) => Math.sin((2 * Math.PI * s) / n));
  return (signals, count) => {
    const out = new Float64Array(count * m);
    for (let i = 0; i < count; i++)
      for (let j = 1; j <= m; j++) {
        let [real, imaginary, angle] = [0, 0, 0];
        for (let s = 0; s < n; s++) {
          const x = signals[i * n + s];
          real += x * cosines[angle];
          imaginary += x * sines[angle];
          angle += j;
          if (angle >= n) angle -= n;
        }
        out[i * m + j - 1] = (real * real + imaginary * imaginary) / n;
      }
    return out;
  };
}

/** The signal shifted by a random number of places. */
export function randomShift(key: Key, signal: ArrayLike<number>): Float64Array {
  const n = signal.length;
  const by = stream(key).below(n);
  return Float64Array.from({ length: n }, (_, s) => signal[(s + by) % n]);
}
