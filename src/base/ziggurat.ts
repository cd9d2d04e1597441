/**
 * Standard normals from random words. The density is cut into 128 layers of equal area (Marsaglia and Tsang 2000), each
 * of both signs: layer l reaches to `edge[l]`, of which the share `inside[l]` lies under the curve whatever the height.
 * Layer 0 is the base strip with the tail beyond `tailFrom`.
 */

import { lazy } from "./lazy.ts";
import { double, integer, memoryOf, SimdFunction } from "./simd.ts";

const tailFrom = 3.4426198558966523;
const { edge, inside } = layers();
/** The density at each layer's outer edge, and at its inner one. */
const outermost = edge.map(density);
const innermost = edge.map((x, l) => density(x * inside[l]));

function density(x: number): number {
  return Math.exp((-x * x) / 2);
}

function layers(): { edge: Float64Array; inside: Float64Array } {
  const edge = new Float64Array(256);
  const inside = new Float64Array(256);
  const area = 0.00991256303533646;
  edge[0] = area / density(tailFrom);
  edge[1] = tailFrom;
  for (let l = 2; l < 128; l++) edge[l] = Math.sqrt(-2 * Math.log(area / edge[l - 1] + density(edge[l - 1])));
  for (let l = 0; l < 128; l++) {
    inside[l] = inside[l + 128] = (l < 127 ? edge[l + 1] : 0) / edge[l];
    edge[l + 128] = -edge[l];
  }
  return { edge, inside };
}

/** The place in a layer, in [0, 1], of two words: all their bits but the eight that choose layer and sign. */
export const place = (high: number, low: number): number =>
  ((high >>> 8) + (low + 0.5) * 2 ** -32) * 2 ** -24;

/** The point at share `u` of a layer when it lies under the curve, otherwise one drawn from further uniforms. */
export function redraw(layer: number, u: number, uniform: () => number): number {
  for (;;) {
    const x = u * edge[layer];
    if (u < inside[layer]) return x;
    if ((layer & 127) === 0) return Math.sign(x) * tail(uniform);
    if (outermost[layer] + uniform() * (innermost[layer] - outermost[layer]) < density(x)) return x;
    const next = uniform() * 256;
    layer = Math.floor(next);
    u = next - layer;
  }
}

/** A normal conditioned on exceeding `tailFrom` (Marsaglia 1964). */
function tail(uniform: () => number): number {
  for (;;) {
    const beyond = -Math.log(1 - uniform()) / tailFrom;
    if (-2 * Math.log(1 - uniform()) > beyond * beyond) return tailFrom + beyond;
  }
}

/** Words taken at a time, at most. */
const together = 1024;

/** Uniforms number `attempt`, in [0, 1), of the numbers with the first `count` of these indices, into `out`. */
export type Further = (indices: Uint32Array, count: number, attempt: number, out: Float64Array) => void;

/** Fills `out` from as many words, or twice as many for float64; `further` gives what some need beyond. */
export type FillNormals = (words: Uint32Array, out: Float32Array | Float64Array, further: Further) => void;

/** Uniforms that are drawn for all listed numbers together; few need more. */
const DRAWN = 2;

/** The uniforms of up to `most` listed numbers, one number after the other, always in the same memory. */
function uniformsOf(most: number) {
  const drawn = Array.from({ length: DRAWN }, () => new Float64Array(most));
  const [index, one] = [new Uint32Array(1), new Float64Array(1)];
  const indices = new Uint32Array(most);
  let [k, attempt] = [0, 0];
  let further: Further = () => {};
  return {
    indices,
    draw(count: number, from: Further): void {
      further = from;
      for (let a = 0; a < DRAWN; a++) further(indices, count, a, drawn[a]);
    },
    /** What comes next are those of the number so far down the list. */
    of(number: number): void {
      k = number;
      attempt = 0;
    },
    next(): number {
      if (attempt < DRAWN) return drawn[attempt++][k];
      index[0] = indices[k];
      further(index, 1, attempt++, one);
      return one[0];
    },
  };
}

/** As `redraw` without further uniforms; the places of those that need them are listed. */
function make(size: 1 | 2): FillNormals {
  const { memory, arrays } = memoryOf(
    [Float64Array, 256],
    [Float64Array, 256],
    [Uint32Array, together],
    [Uint32Array, 1],
    [Uint32Array, together / size],
    size === 1 ? [Float32Array, together] : [Float64Array, together / 2],
  );
  const [edges, insides, source, listed, open, made] = arrays;
  edges.set(edge);
  insides.set(inside);
  const { indices, ...uniforms } = uniformsOf(together / size);
  const run = write().compile(memory);
  return (words, out, further) => {
    source.set(words);
    const start = source.byteOffset;
    run(start, start + 4 * size * out.length, made.byteOffset, open.byteOffset);
    const many = (listed[0] - open.byteOffset) / 4;
    for (let k = 0; k < many; k++) indices[k] = (open[k] - start) / (4 * size);
    uniforms.draw(many, further);
    for (let k = 0; k < many; k++) {
      const i = indices[k];
      const high = source[size * i];
      const u = size === 1 ? ((high >>> 8) + 0.5) * 2 ** -24 : place(high, source[2 * i + 1]);
      uniforms.of(k);
      made[i] = redraw(high & 255, u, uniforms.next);
    }
    out.set(out.length === made.length ? made : made.subarray(0, out.length));
  };

  /** (words, end of the words, numbers, list of the words to be looked at again), addresses in bytes. */
  function write(): SimdFunction {
    const f = new SimdFunction(4);
    const [word, end, to, list] = [0, 1, 2, 3].map((i) => f.parameter(i));
    f.repeat(() => {
      const high = f.keep(integer.load(word), "integer");
      const entry = f.keep(integer.shiftLeft(integer.and(high, integer.of(255)), 3), "integer");
      const upper = double.ofUnsigned(integer.shiftRight(high, 8));
      const half = (x: ReturnType<typeof double.of>) => double.add(x, double.of(0.5));
      const whole =
        size === 1
          ? half(upper)
          : double.add(
              upper,
              double.mul(half(double.ofUnsigned(integer.load(word, 4))), double.of(2 ** -32)),
            );
      const u = f.keep(double.mul(whole, double.of(2 ** -24)), "double");
      const x = double.mul(u, double.load(entry, edges.byteOffset));
      f.do(size === 1 ? double.storeRounded(to, x) : double.store(to, x));
      f.do(integer.store(list, word));
      f.advance(3, integer.shiftLeft(double.reaches(u, double.load(entry, insides.byteOffset)), 2));
      f.advance(2, integer.of(made.BYTES_PER_ELEMENT));
      f.advance(0, integer.of(4 * size));
      return integer.less(word, end);
    });
    f.do(integer.store(integer.of(listed.byteOffset), list));
    return f;
  }
}

const [single, twice] = [lazy(() => make(1)), lazy(() => make(2))];

export const fillNormals: FillNormals = (words, out, further) => {
  const fill = out instanceof Float32Array ? single() : twice();
  fill(words, out, further);
};
