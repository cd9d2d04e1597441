/** Ways to ask a correlational oracle about an explicit family: what `play` holds against the adversary. */

import { stream, type Key } from "../../base/random.ts";
import { degreesOf } from "../../distribution/erdos-renyi.ts";
import type { Samples } from "../../distribution/law.ts";
import { isGraphs, sizeOf, slice } from "../../distribution/samples.ts";
import { bestAnswer } from "../../query/oracle/adversary.ts";
import type { Members } from "../../query/oracle/members.ts";
import type { Oracle } from "../../query/oracle/oracle.ts";
import type { Population } from "../../query/oracle/population.ts";

/** Whether to go on; asked before every block. */
export type More = () => boolean;

/** Coordinates of an example, standardised on a population: row-major (coordinate, sample). */
export interface Coordinates {
  readonly count: number;
  on(samples: Samples): Float32Array;
}

/** The entries of an example; of a graph, whose entries say little alone, the numbers of nodes of each degree. */
export function coordinatesOf({ points }: Population): Coordinates {
  const graph = isGraphs(points);
  const count = graph ? points.shape[0] + 1 : sizeOf(points);
  const raw = (samples: Samples): Float32Array => {
    const rows = new Float32Array(count * samples.count);
    if (graph) {
      const [n] = samples.shape;
      degreesOf(samples).forEach((d, at) => rows[d * samples.count + Math.floor(at / n)]++);
    } else {
      const { data } = samples;
      for (let x = 0, at = 0; x < samples.count; x++)
        for (let j = 0; j < count; j++, at++) rows[j * samples.count + x] = data[at];
    }
    return rows;
  };
  const size = Math.min(points.count, 4096);
  const some = raw(slice(points, 0, size));
  const units = Array.from({ length: count }, (_, j) => {
    const row = some.subarray(j * size, (j + 1) * size);
    const mean = row.reduce((a, b) => a + b, 0) / size;
    const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / size;
    return { mean, scale: variance > 0 ? 1 / Math.sqrt(variance) : 0 };
  });
  return {
    count,
    on: (samples) =>
      raw(samples).map((z, at) => {
        const { mean, scale } = units[Math.floor(at / samples.count)];
        return (z - mean) * scale;
      }),
  };
}

export interface Budget {
  readonly queries: number;
  readonly more: More;
  /** Queries asked together, but no more than are left. */
  readonly block: number;
}

/** Random features relu(<w, z> + b) of the coordinates, w and b standard normal. */
export async function askRandomFeatures(
  oracle: Oracle,
  coordinates: Coordinates,
  key: Key,
  { queries, more, block }: Budget,
): Promise<void> {
  const s = stream(key);
  for (let left = queries; left > 0 && more(); left -= block) {
    const count = Math.min(block, left);
    const weights = Float64Array.from({ length: count * (coordinates.count + 1) }, () => s.normal());
    await oracle.correlations({
      count,
      on(samples) {
        const z = coordinates.on(samples);
        const { count: size } = samples;
        const out = new Float32Array(count * size);
        for (let q = 0; q < count; q++) {
          const w = weights.subarray(q * (coordinates.count + 1), (q + 1) * (coordinates.count + 1));
          const row = out.subarray(q * size, (q + 1) * size).fill(w[coordinates.count]);
          for (let j = 0, at = 0; j < coordinates.count; j++)
            for (let x = 0; x < size; x++, at++) row[x] += w[j] * z[at];
          for (let x = 0; x < size; x++) if (row[x] < 0) row[x] = 0;
        }
        return out;
      },
    });
  }
}

/** Monomials of the coordinates by increasing degree: 1, z_0, z_1, ..., z_0 z_0, z_0 z_1, ... */
export function* monomials(coordinates: number): Generator<readonly number[]> {
  for (let degree = 0; ; degree++) {
    const chosen = Array.from({ length: degree }, () => 0);
    for (;;) {
      yield chosen.slice();
      let at = degree - 1;
      while (at >= 0 && chosen[at] === coordinates - 1) at--;
      if (at < 0) break;
      chosen.fill(chosen[at] + 1, at);
    }
  }
}

export async function askLowDegree(
  oracle: Oracle,
  coordinates: Coordinates,
  { queries, more, block }: Budget,
): Promise<void> {
  const all = monomials(coordinates.count);
  for (let left = queries; left > 0 && more(); left -= block) {
    const terms = Array.from({ length: Math.min(block, left) }, () => all.next().value as number[]);
    await oracle.correlations({
      count: terms.length,
      on(samples) {
        const z = coordinates.on(samples);
        const { count: size } = samples;
        const out = new Float32Array(terms.length * size).fill(1);
        for (const [q, term] of terms.entries())
          for (const j of term) for (let x = 0; x < size; x++) out[q * size + x] *= z[j * size + x];
        return out;
      },
    });
  }
}

/** Greedy gives up after so many rounds in a row in which nothing it tried would exclude a member. */
const IDLE = 20;

/**
 * Greedy: of several signed sums of survivors, the one after whose best answer fewest survive. A sum of m orthogonal
 * members correlates +-1/sqrt(m) with each. With equal signs one answer suits all of them and those at 0 as long as
 * 1/sqrt(m) <= 2 tau; with half the signs turned it loses one half for m < 1/tau^2. Sums around those sizes are tried
 * that begin with a random survivor and take those nearest to it. (The top eigenvector of the survivors' Gram matrix
 * would maximise the sum of squared correlations, but spread it too thinly to exceed tau anywhere.) It knows the
 * family and follows the survivors from the answers, as any learner may.
 */
export async function askGreedily(
  oracle: Oracle,
  members: Members,
  key: Key,
  { queries, more }: Omit<Budget, "block">,
): Promise<void> {
  const { count } = members;
  const { tolerance } = oracle;
  const s = stream(key);
  let alive = Int32Array.from({ length: count }, (_, i) => i);
  const seeds = 2;
  const middle = Math.max(1, Math.ceil(1 / tolerance ** 2) - 1);
  let idle = 0;
  for (let asked = 0; asked < queries && alive.length > 1 && idle < IDLE && more(); asked++) {
    const starts = new Float64Array(seeds * count);
    for (let k = 0; k < seeds; k++) starts[k * count + alive[s.below(alive.length)]] = 1;
    const { inner } = await members.foresee(starts, seeds);
    const around = (factors: readonly number[]): number[] => [
      ...new Set(factors.map((f) => Math.max(1, Math.floor(f * middle)))),
    ];
    const shapes = [
      ...around([0, 1 / 4, 1 / 2, 1, 2, 4]).map((size) => ({ size, balanced: false })),
      ...around([1 / 2, 1, 2]).map((size) => ({ size: Math.max(2, size), balanced: true })),
    ].filter(({ size }) => size <= alive.length);
    const candidates = seeds * shapes.length;
    const coefficients = new Float64Array(candidates * count);
    for (let k = 0, at = 0; k < seeds; k++) {
      const row = inner.subarray(k * count, (k + 1) * count);
      const near = Array.from(alive).sort((a, b) => Math.abs(row[b]) - Math.abs(row[a]) || a - b);
      for (const { size, balanced } of shapes) {
        for (const [rank, i] of near.slice(0, size).entries())
          coefficients[at + i] = (row[i] < 0 ? -1 : 1) * (balanced && rank % 2 === 1 ? -1 : 1);
        at += count;
      }
    }
    const tried = await members.foresee(coefficients, candidates);
    let [best, fewest] = [0, Infinity];
    for (let q = 0; q < candidates; q++) {
      const row = tried.inner.subarray(q * count, (q + 1) * count);
      const reach = tolerance * tried.norms[q];
      const v = bestAnswer(row, alive, reach);
      const left = alive.reduce((n, i) => n + (Math.abs(row[i] - v) <= reach ? 1 : 0), 0);
      if (left < fewest) [best, fewest] = [q, left];
    }
    idle = fewest < alive.length ? 0 : idle + 1;
    const query = coefficients.slice(best * count, (best + 1) * count);
    const { values } = await oracle.correlations(members.combinations(query, 1));
    const row = tried.inner.subarray(best * count, (best + 1) * count);
    const norm = tried.norms[best];
    // the adversary's answers leave survivors at the very edge: what was foreseen may err across it
    const reach = tolerance * norm + (tried.errors?.[best] ?? 0);
    alive = alive.filter((i) => Math.abs(row[i] - values[0] * norm) <= reach);
  }
}
