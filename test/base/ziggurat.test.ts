import { describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { fillNormals, place, redraw, type Further } from "../../src/base/ziggurat.ts";

/** The uniforms of one number, always the same. */
const uniforms = (index: number): (() => number) => stream(keyFor("further", index)).uniform;

const further: Further = (indices, count, attempt, out) => {
  for (let k = 0; k < count; k++) {
    const next = uniforms(indices[k]);
    for (let a = 0; a <= attempt; a++) out[k] = next();
  }
};

describe.each([
  ["float32", Float32Array, 1],
  ["float64", Float64Array, 2],
] as const)("normals from words (%s)", (_, kind, size) => {
  const ofEach = (words: Uint32Array, count: number): Float32Array | Float64Array =>
    new kind(count).map((__, i) => {
      const high = words[size * i];
      const u = size === 1 ? ((high >>> 8) + 0.5) * 2 ** -24 : place(high, words[2 * i + 1]);
      return redraw(high & 255, u, uniforms(i));
    });

  it.each([1, 2, 511, 512, 1024 / size])("are those of each word: %i of them", (count) => {
    const { word } = stream(keyFor("words", count));
    const words = Uint32Array.from({ length: 1024 }, word);
    const out = new kind(count);
    fillNormals(words, out, further);
    expect(out).toEqual(ofEach(words, count));
  });

  it("are those of each word where all lie outside, in every layer", () => {
    const words = new Uint32Array(1024).map((__, i) => (0xffffff00 | ((i / size) & 255)) >>> 0);
    const out = new kind(512);
    const asked = new Set<number>();
    fillNormals(words, out, (indices, count, attempt, into) => {
      indices.subarray(0, count).forEach((i) => asked.add(i));
      further(indices, count, attempt, into);
    });
    expect(out).toEqual(ofEach(words, 512));
    expect(asked.size).toBe(512);
  });
});
