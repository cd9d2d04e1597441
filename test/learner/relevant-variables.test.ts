import { describe, expect, it } from "vitest";
import { keyFor, normals, stream } from "../../src/base/random.ts";
import { relevantVariables } from "../../src/learner/relevant-variables.ts";

const [COUNT, VARIABLES] = [4000, 12];
const z = Float32Array.from(normals(keyFor("relevant"), new Float64Array(COUNT * VARIABLES)));
const chunk = (labels: Float64Array) => () => [{ columns: { count: COUNT, z }, labels }];
const labelled = (label: (of: (variable: number) => number) => number): Float64Array =>
  Float64Array.from({ length: COUNT }, (_, i) => label((variable) => z[variable * COUNT + i]));
const found = (labels: Float64Array, most = VARIABLES): number[] =>
  relevantVariables(chunk(labels), VARIABLES, most).sort((a, b) => a - b);

/** Log-normal: half of its variance is in a sample in a million. */
const heavy = labelled((of) => of(3) * Math.exp(3 * of(7)) * of(10));

describe("relevantVariables", () => {
  it("finds those of a product, however heavy its tails", () => {
    expect(found(heavy)).toEqual([3, 7, 10]);
  });

  it("names the clearest ones where fewer are asked for", () => {
    expect(found(heavy, 1)).toEqual([7]);
  });

  it("finds none in labels of other samples, in constants and in nothing", () => {
    const { below } = stream(keyFor("shuffle"));
    const shuffled = Float64Array.from(heavy);
    for (let i = COUNT - 1; i > 0; i--) {
      const j = below(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
    }
    expect(found(shuffled)).toEqual([]);
    expect(found(new Float64Array(COUNT).fill(2))).toEqual([]);
    expect(found(new Float64Array(COUNT))).toEqual([]);
    expect(relevantVariables(() => [], VARIABLES, 3)).toEqual([]);
  });
});
