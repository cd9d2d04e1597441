/**
 * A verifier's deep networks: plain loops over the layers, matrix by matrix, with a bound on what their roundings come
 * to, and Lipschitz constants whose norms are proved by elimination.
 */

import { provesAtMost } from "../numeric/eigenvalue-proofs.ts";
import { roundings } from "../numeric/rounding.ts";
import type { Layer, Layered } from "./layered.ts";

/** A layer of one member, with what its maps and its matrix stretch by, and their sizes entry by entry. */
interface PlainLayer {
  readonly layer: Layer;
  readonly maps: FlatMaps;
  /** Numbers of all points, written anew at every input. */
  readonly out: Float64Array;
  readonly matrix: Float64Array;
  readonly bias: Float64Array;
  readonly norm: number;
  /** Of the matrix and of the maps as one, the roots of their sums of squares, multiplied. */
  readonly size: number;
  /** Numbers that enter a sum. */
  readonly terms: number;
  /** The norm of the bias at all points. */
  readonly shift: number;
}

/** All maps, point by point: the parts of map o at point i lie from starts[i * count + o] on. */
interface FlatMaps {
  readonly starts: Int32Array;
  readonly places: Int32Array;
  readonly factors: Float64Array;
}

function flattened({ maps }: Layer): FlatMaps {
  const lists = maps[0].flatMap((_, i) => maps.map((map) => map[i]));
  const parts = lists.flat();
  const starts = new Int32Array(lists.length + 1);
  for (const [k, list] of lists.entries()) starts[k + 1] = starts[k] + list.length;
  return {
    starts,
    places: Int32Array.from(parts, ({ at }) => at),
    factors: Float64Array.from(parts, ({ times }) => times),
  };
}

/** A member, ready to be evaluated. */
export interface PlainMember {
  readonly layers: readonly PlainLayer[];
  /** The product of the layers' norms. */
  readonly lipschitz: number;
}

export function plainMember({ layers, points }: Layered, weights: Float32Array): PlainMember {
  const made: PlainLayer[] = [];
  let [at, before] = [0, points];
  for (const layer of layers) {
    const rows = layer.maps.length * layer.inputs;
    const matrix = Float64Array.from(weights.subarray(at, at + rows * layer.outputs));
    at += matrix.length;
    const bias = Float64Array.from(weights.subarray(at, at + layer.outputs));
    at += bias.length;
    const maps = stretchOf(layer, before);
    const after = layer.maps[0].length;
    made.push({
      layer,
      maps: flattened(layer),
      out: new Float64Array(after * layer.outputs),
      matrix,
      bias,
      norm: maps.norm * spectralNorm(matrix, rows, layer.outputs) * (1 + 1e-12),
      size: maps.size * Math.sqrt(matrix.reduce((sum, x) => sum + x * x, 0)),
      terms: rows + maps.terms,
      shift: Math.sqrt(after * bias.reduce((sum, x) => sum + x * x, 0)),
    });
    before = after;
  }
  return { layers: made, lipschitz: made.reduce((x, { norm }) => x * norm, 1) * (1 + 1e-12) };
}

/** All maps, one above the other: their norm by the row sums of their Gram matrix, which has no negative entry. */
function stretchOf({ maps }: Layer, points: number): { norm: number; size: number; terms: number } {
  const sums = new Float64Array(points);
  let [squares, terms] = [0, 0];
  for (const parts of maps.flat()) {
    const total = parts.reduce((sum, { times }) => sum + Math.abs(times), 0);
    for (const { at, times } of parts) {
      sums[at] += Math.abs(times) * total;
      squares += times * times;
    }
    terms = Math.max(terms, parts.length);
  }
  const norm = Math.sqrt(sums.reduce((a, b) => Math.max(a, b), 0)) * (1 + 1e-12);
  return { norm, size: Math.sqrt(squares), terms };
}

/** From power steps, raised until elimination proves it. */
function spectralNorm(w: Float64Array, rows: number, columns: number): number {
  const entries = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++)
    for (let j = 0; j < columns; j++)
      for (let r = 0; r < rows; r++) entries[i * columns + j] += w[r * columns + i] * w[r * columns + j];
  let trace = 0;
  for (let i = 0; i < columns; i++) trace += entries[i * columns + i];
  if (!(trace > 0 && trace < Infinity)) return trace > 0 ? Infinity : 0;
  const gram = { entries, order: columns, errorNorm: columns * roundings(rows + 4) * trace };
  let x = Float64Array.from({ length: columns }, (_, i) => 1 + i / (3 * columns));
  let estimate = 0;
  for (let step = 0; step < 1000; step++) {
    const y = x.map((_, i) => x.reduce((sum, v, j) => sum + entries[i * columns + j] * v, 0));
    estimate = Math.hypot(...y) / Math.hypot(...x);
    x = y.map((v) => v / estimate);
  }
  for (let room = 1e-6; estimate * (1 + room) < trace; room *= 1.5)
    if (provesAtMost(gram, estimate * (1 + room))) return Math.sqrt(estimate * (1 + room));
  return Math.sqrt(trace * (1 + 1e-12));
}

/** The value at one input, all its numbers one after the other, and what roundings may have changed it by. */
export function plainValue({ layers }: PlainMember, input: Float64Array): { value: number; doubt: number } {
  let h = input;
  let [size, doubt] = [Math.sqrt(input.reduce((sum, x) => sum + x * x, 0)), 0];
  for (const layer of layers) {
    const { norm, size: entries, terms, shift } = layer;
    h = applied(layer, h);
    doubt = norm * doubt + roundings(terms + 4) * (entries * (size + doubt) + shift);
    size = norm * size + shift;
  }
  return { value: h[0], doubt: 1.01 * doubt };
}

/** The layer's numbers, in its own array. */
function applied(
  { layer, maps: { starts, places, factors }, matrix, bias, out }: PlainLayer,
  h: Float64Array,
) {
  const { inputs, outputs, relu } = layer;
  const count = layer.maps.length;
  const points = out.length / outputs;
  for (let i = 0, to = 0; i < points; i++, to += outputs) {
    for (let j = 0; j < outputs; j++) out[to + j] = bias[j];
    for (let o = 0; o < count; o++) {
      const [start, end] = [starts[i * count + o], starts[i * count + o + 1]];
      for (let k = 0, from = o * inputs * outputs; k < inputs; k++, from += outputs) {
        let x = 0;
        for (let p = start; p < end; p++) x += factors[p] * h[places[p] * inputs + k];
        for (let j = 0; j < outputs; j++) out[to + j] += x * matrix[from + j];
      }
    }
    if (relu) for (let j = to; j < to + outputs; j++) if (!(out[j] > 0)) out[j] = 0;
  }
  return out;
}
