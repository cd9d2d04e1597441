/** Coverage of the certificates of `custom` over many draws, on classes whose query dimension is known. */

import { describe, expect, it } from "vitest";
import { certifyFunctions, type FunctionClass } from "../../../src/query/own-class/class-of-your-own.ts";
import { cosines, degreeParities, indicators, type KnownClass } from "./own-classes.ts";

/** f_1 = 1 and f_2 = -1 on a share q, else 1: lambda = 1 + |1 - 2q|, and the samples' eigenvalue is hardly biased. */
const nearlyEqual = (q: number): KnownClass<number> => ({
  ...(cosines(1) as FunctionClass<number>),
  functions: [() => 1, (x) => (x < q ? -1 : 1)],
  dimension: 2 / (1 + Math.abs(1 - 2 * q)),
  bound: 1,
});

/** Without its bound: values +-1. */
const signs = ({ sample, functions, dimension }: KnownClass<number>): KnownClass<number> => ({ sample, functions, dimension }); // prettier-ignore

describe("confidence 0.99 is kept", () => {
  it.each<[string, KnownClass<number>, number]>([
    ["degree parities, n = 6", degreeParities(6), 150],
    ["degree parities, n = 7", degreeParities(7), 60],
    ["cosines", cosines(8), 200],
    ["indicators of unequal size", indicators([0.3, 0.05, 0.05, 0.02]), 300],
    ["one indicator more likely", indicators([0.05, 0.01, 0.01]), 1000],
    ["two functions nearly equal", nearlyEqual(0.2), 100],
    ["two functions nearly equal, as signs", signs(nearlyEqual(0.2)), 100],
    ["two functions nearly opposite, as signs", signs(nearlyEqual(0.9)), 100],
  ])("%s", async (_, known, samples) => {
    const repeats = 2000;
    let [misses, naive] = [0, 0];
    for (let seed = 0; seed < repeats; seed++) {
      const c = await certifyFunctions(known, { samples, seed });
      const { meanSquare, lambda } = c.evidence as { meanSquare: number; lambda: number };
      if (Number(c.dimension.spectral) > known.dimension * (1 + 1e-12)) misses++;
      if (meanSquare / lambda > known.dimension) naive++;
    }
    // Pr[Bin(2000, 0.01) > 34] < 2e-3
    expect(misses).toBeLessThanOrEqual(34);
  });
});
