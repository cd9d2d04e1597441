/** Coverage of the certificates of `custom` over many draws, on classes whose query dimension is known. */

import { describe, expect, it } from "vitest";
import { stream } from "../../../src/base/random.ts";
import type { Labels } from "../../../src/query/own-class/labels.ts";
import {
  certifyLabels,
  certifyFunctions,
  type FunctionClass,
} from "../../../src/query/own-class/class-of-your-own.ts";
import { verify } from "../../../src/family/certify.ts";
import { expectAllRejected } from "../mutations.ts";
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

describe("10,000 single-field mutations", () => {
  const s = stream([7, 7]);
  const signs = (functions: number, samples: number): Labels => ({ functions, samples, values: Int8Array.from({ length: functions * samples }, () => (s.below(2) === 0 ? 1 : -1)) }); // prettier-ignore
  const reals = (functions: number, samples: number): Labels => ({ functions, samples, values: Float64Array.from({ length: functions * samples }, () => s.normal() / 5) }); // prettier-ignore

  it("are all rejected beside the labels", async () => {
    const tiny = reals(4, 100);
    const labels = [
      signs(6, 300),
      signs(40, 20),
      reals(5, 200),
      { ...tiny, values: tiny.values.map((y) => y * 1e-200) },
    ];
    const bounds = [undefined, undefined, 2, 2e-200];
    const certificates = await Promise.all(labels.map((l, i) => certifyLabels(l, bounds[i] === undefined ? {} : { bound: bounds[i] }))); // prettier-ignore
    await expectAllRejected(certificates, (document, which) => verify(document, { labels: labels[which] }));
  });
});
