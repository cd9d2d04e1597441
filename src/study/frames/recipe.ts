/**
 * How group averages scale, as the report shows it: the spectral dimension of frame parities and of hidden planes under
 * cyclic shifts against n, the shrinking norms of averaged planes against the group's order, and the largest
 * correlation of a few random planes against n.
 */

import * as z from "zod/mini";
import { foldIn, keyFor, type Key } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { mean } from "../../base/statistics.ts";
import { averagedElements, groupProduct } from "../../family/plane/group-product.ts";
import { drawPlane } from "../../family/plane/plane.ts";
import { log2Integer } from "../../numeric/integers.ts";
import { polygonNormSquared } from "../../family/plane/polygon-norm.ts";
import { logLogSlope } from "../../numeric/slope.ts";
import { certify } from "../../family/certify.ts";
import { parseGroup } from "../../symmetry/groups.ts";
import { orbitsOnSubsets } from "../../symmetry/orbit-count.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type {
  AveragedNorm,
  Dimension,
  DimensionSlope,
  FrameStatistics,
  LargestCorrelation,
} from "./study.ts";

const size = integer(4, 4096);
const even = integer(2, 100);

const schema = z.strictObject({
  seed: integer(0, Number.MAX_SAFE_INTEGER),
  /** Frame parities over cyclic:n, for each k, and for the even k nearest log2 n. */
  paritySizes: z.array(size).check(z.minLength(2)),
  degrees: z.array(even).check(z.minLength(1)),
  /** Hidden planes through cyclic:n: certificates, and `planes` random planes in each. */
  planeSizes: z.array(size).check(z.minLength(2)),
  planeDegrees: z.array(even).check(z.minLength(1)),
  planes: integer(2, 200),
  /** Groups on one number of points, of growing order. */
  groups: z.array(z.string().check(z.maxLength(200))).check(z.minLength(2)),
  groupDegree: even,
});

type Spec = z.output<typeof schema>;

/** Says what is being computed; throws where the work was interrupted. */
type Tell = (what: string) => void;

export const frames: Recipe = async (given, { signal, onProgress }) => {
  const spec = parseWith(schema, given, "frames");
  const steps = spec.planeSizes.length * spec.planeDegrees.length + spec.groups.length;
  let done = 0;
  const tell: Tell = (what) => {
    signal?.throwIfAborted();
    onProgress?.(what, done++ / steps);
  };
  const key = keyFor("frame statistics", spec.seed);
  const ofPlanes = await throughCycles(spec, key, tell);
  const norms = await averagedNorms(spec, foldIn(key, "norms"), tell);
  const dimensions = [...parityDimensions(spec), ...ofPlanes.dimensions];
  const { correlations } = ofPlanes;
  const statistics: FrameStatistics = {
    dimensions,
    dimensionSlopes: slopesOf(dimensions),
    norms,
    normSlope: logLogSlope(norms.map((x) => ({ x: x.order, y: x.mean }))),
    correlations,
    correlationSlopes: spec.planeDegrees.map((k) => ({
      k,
      slope: logLogSlope(correlations.filter((c) => c.k === k).map((c) => ({ x: c.n, y: c.largest }))),
      expected: -(k - 1) / 2,
    })),
  };
  return statistics;
};

/** Frame parities under cyclic shifts: orbits on k-subsets, for each k and for the even k nearest log2 n. */
const parityDimensions = ({ paritySizes, degrees }: Spec): Dimension[] =>
  paritySizes.flatMap((n) => {
    const group = parseGroup(`cyclic:${n}`);
    const growing = { k: 2 * Math.round(Math.log2(n) / 2), series: GROWING };
    return [...degrees.map((k) => ({ k, series: `k = ${k}` })), growing]
      .filter(({ k }) => k <= n)
      .map(({ k, series }): Dimension => {
        const log2Dimension = log2Integer(orbitsOnSubsets(group, k));
        return { family: "frame-parity", n, k, series, log2Dimension };
      });
  });

/** Hidden planes through cyclic shifts: certificates, and the largest correlation among a few random planes. */
async function throughCycles({ planeSizes, planeDegrees, planes }: Spec, key: Key, tell: Tell) {
  const dimensions: Dimension[] = [];
  const correlations: LargestCorrelation[] = [];
  for (const k of planeDegrees)
    for (const n of planeSizes) {
      tell(`planes through cyclic:${n}, k = ${k}`);
      const group = parseGroup(`cyclic:${n}`);
      const { dimension } = await certify("cnn-hidden-plane", { group: group.name, k });
      const series = `k = ${k}`;
      dimensions.push({ family: "cnn-hidden-plane", n, k, series, log2Dimension: dimension.log2 });
      const { value } = groupProduct(averagedElements(group), k, 1);
      const drawn = Array.from({ length: planes }, (_, i) => drawPlane(foldIn(foldIn(key, n), i), n));
      const norms = drawn.map((p) => value(p, p));
      let largest = 0;
      for (let i = 0; i < planes; i++)
        for (let j = 0; j < i; j++)
          largest = Math.max(largest, Math.abs(value(drawn[i], drawn[j])) / Math.sqrt(norms[i] * norms[j]));
      correlations.push({ n, k, planes, largest });
    }
  return { dimensions, correlations };
}

/** What averaging over each group leaves of a random plane's squared norm. */
async function averagedNorms({ groups, groupDegree, planes }: Spec, key: Key, tell: Tell) {
  const norms: AveragedNorm[] = [];
  for (const name of groups) {
    tell(`norms under ${name}`);
    const group = parseGroup(name);
    const { value } = groupProduct(averagedElements(group), groupDegree, 1);
    const unit = polygonNormSquared(groupDegree);
    const values = Array.from({ length: planes }, (_, i) => {
      const plane = drawPlane(foldIn(key, i), group.degree);
      return value(plane, plane) / unit;
    });
    const average = mean(values);
    const spread = values.reduce((sum, x) => sum + (x - average) ** 2, 0) / (planes - 1);
    const { evidence } = await certify("cnn-hidden-plane", { group: name, k: groupDegree });
    norms.push({
      group: name,
      order: Number(group.order()),
      mean: average,
      standardError: Math.sqrt(spread / planes),
      exact: parseWith(harmonics, evidence, name).meanNorm,
    });
  }
  return norms;
}

/** Of the certificate's evidence, what the norms are held against. */
const harmonics = z.looseObject({ meanNorm: z.number() });

const GROWING = "k = log2 n";

function slopesOf(dimensions: readonly Dimension[]): DimensionSlope[] {
  const names = [...new Set(dimensions.map((d) => JSON.stringify([d.family, d.series])))];
  return names.map((name) => {
    const [family, series] = JSON.parse(name) as [Dimension["family"], string];
    const own = dimensions.filter((d) => d.family === family && d.series === series);
    const shift = own[0].log2Dimension; // a factor changes no slope, and keeps the powers in range
    return {
      family,
      series,
      slope: logLogSlope(own.map((d) => ({ x: d.n, y: 2 ** (d.log2Dimension - shift) }))),
      proved: series === GROWING ? null : own[0].k - 1,
    };
  });
}
