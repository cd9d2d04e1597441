/**
 * The spectral dimension of `invariant-polynomial` from its certificates; exponents fitted over the upper half of the
 * m.
 */

import * as z from "zod/mini";
import { integer, parseWith } from "../../base/schema.ts";
import { logLogSlope } from "../../numeric/slope.ts";
import { certify } from "../../family/certify.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type { DimensionPoint, DimensionSeries } from "./study.ts";

const schema = z.strictObject({
  /** Fixed degrees; the logarithmic one is always added. */
  degrees: z.array(integer(1, 40)),
  variables: z.array(integer(2, 10_000)).check(z.minLength(4)),
});

export const invariantDimensions: Recipe = async (given, { signal, onProgress }) => {
  const { degrees, variables } = parseWith(schema, given, "invariant dimensions");
  const series: DimensionSeries[] = [];
  for (const degree of [...degrees, "log2 m" as const]) {
    const points: DimensionPoint[] = [];
    for (const m of variables) {
      signal?.throwIfAborted();
      const k = degree === "log2 m" ? Math.max(1, Math.round(Math.log2(m))) : degree;
      if (k > m) continue;
      const { dimension } = await certify("invariant-polynomial", { variables: m, degree: k });
      points.push({ variables: m, degree: k, log2Dimension: dimension.log2 });
    }
    const upper = points.slice(points.length >> 1);
    series.push({ degree, points, slope: slopeOf(upper) });
    onProgress?.("dimensions", series.length / (degrees.length + 1));
  }
  return { series };
};

/** From logarithms, as the dimensions themselves overflow. */
function slopeOf(points: readonly DimensionPoint[]): number {
  const shift = Math.max(...points.map((p) => p.log2Dimension));
  return logLogSlope(points.map((p) => ({ x: p.variables, y: 2 ** (p.log2Dimension - shift) })));
}
