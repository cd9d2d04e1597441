/**
 * The alternating polygon F on many points, two at a time. For even k both axes mirror F onto itself and the diagonal
 * onto (-1)^(k/2) F, so that points are folded into the angles 0..pi/4 and compared with the sectors' edges there,
 * without an arc tangent and without a branch.
 */

import { integer, memoryOf, pair, SimdFunction, vector, type Code } from "../../base/simd.ts";
import { alternating, directions } from "./polygon.ts";

/** F on many points, in memory of its own: nothing is copied between one and the other. */
export interface PolygonSums {
  /** Coordinates of the points to be looked at: room for two of each. */
  readonly points: Float64Array;
  /** Sums of values, one a point. */
  readonly sums: Float64Array;
  /**
   * Adds factor F(x_s, y_s) to the sums from `to` on for s = 0..count-1, x_s and y_s being the points' numbers x + s
   * and y + s. An odd count writes one sum more.
   */
  add(x: number, y: number, to: number, count: number, factor: number): void;
}

const bytes = Float64Array.BYTES_PER_ELEMENT;

/** On the sectors between the angles 0 and pi/4: F's gradients, and the tangents of the angles at which they end. */
function folded(k: number) {
  const sectors = Math.ceil(k / 4);
  const [gx, gy, edge] = [0, 1, 2].map(() => new Float64Array(sectors));
  const w = directions(k);
  const signs = alternating(k);
  for (let j = 0; j < sectors; j++) {
    const middle = ((j + 0.5) * Math.PI) / k;
    edge[j] = Math.tan(((j + 1) * Math.PI) / k);
    for (let m = 0; m < 2 * k; m++) {
      if (w[2 * m] * Math.cos(middle) + w[2 * m + 1] * Math.sin(middle) <= 0) continue;
      gx[j] += signs[m] * w[2 * m];
      gy[j] += signs[m] * w[2 * m + 1];
    }
  }
  return { gx, gy, edge };
}

/**
 * @param k even
 * @param room points that it holds
 */
export function polygonSums(k: number, room: number): PolygonSums {
  const { gx, gy, edge } = folded(k);
  const { memory, arrays } = memoryOf(
    [Float64Array, 2],
    [Float64Array, gx.length],
    [Float64Array, gx.length],
    [Float64Array, gx.length],
    [Float64Array, 2 * room + 1], // read in pairs
    [Float64Array, room + 1],
  );
  const [factors, gxs, gys, edges, points, sums] = arrays;
  const tables = [gxs, gys, edges];
  [gx, gy, edge].forEach((values, t) => tables[t].set(values));
  const run = write().compile(memory);
  const mirrored = k % 4 === 0 ? 1 : -1;
  return {
    points: points.subarray(0, 2 * room),
    sums,
    add(x, y, to, count, factor) {
      factors[0] = factor;
      factors[1] = factor * mirrored;
      const [from, target] = [points.byteOffset, sums.byteOffset + bytes * to];
      run(from + bytes * x, from + bytes * y, target, target + bytes * count);
    },
  };

  /** (x, y, sums, end of the sums), addresses in bytes. */
  function write(): SimdFunction {
    const f = new SimdFunction(4);
    const [x, y, to, end] = [0, 1, 2, 3].map((i) => f.parameter(i));
    const known = (of: Float64Array, index: number): Code =>
      f.keep(pair.loadBoth(integer.of(of.byteOffset + bytes * index)));
    const [factor, turned] = [known(factors, 0), known(factors, 1)];
    const turn = f.keep(vector.xor(factor, turned));
    const [ends, ...slopes] = [edges, gxs, gys].map((of) => Array.from(gx, (_, j) => known(of, j)));
    // what the bits of a sector's gradient differ by from those of the one before
    const steps = slopes.map((g) => g.slice(1).map((own, j) => f.keep(vector.xor(own, g[j]))));
    f.repeat(() => {
      const [p, q] = [x, y].map((of) => f.keep(pair.abs(vector.load(of))));
      const [a, b] = [f.keep(pair.max(p, q)), f.keep(pair.min(p, q))];
      const scale = vector.xor(factor, vector.and(pair.greater(q, p), turn));
      // the edges rise: a point is beyond all before its own
      const beyond = ends.slice(0, -1).map((t) => f.keep(pair.greater(b, pair.mul(a, t))));
      const [u, v] = slopes.map(([first], i) =>
        beyond.reduce<Code>((g, is, j) => vector.xor(g, vector.and(is, steps[i][j])), first),
      );
      const value = pair.mul(scale, pair.add(pair.mul(u, a), pair.mul(v, b)));
      f.do(vector.store(to, pair.add(vector.load(to), value)));
      for (const parameter of [0, 1, 2]) f.advance(parameter, integer.of(2 * bytes));
      return integer.less(to, end);
    });
    return f;
  }
}
