/**
 * For each value of a parameter the least number of examples on a doubling grid with which most seeds succeed, and the
 * fitted exponent. A value whose need is beyond the limit is recorded as such. How long the runs with that number took
 * is kept as a measurement.
 */

import * as z from "zod/mini";
import { integer, parseWith } from "../../base/schema.ts";
import { median } from "../../base/statistics.ts";
import { linearSlope, logLogSlope } from "../../numeric/slope.ts";
import { familyIn, learnerIn, type Recipe, type RecipeContext } from "../../run/catalogue.ts";
import { drawInstance } from "../../family/draw.ts";
import type { NeedTime, SampleNeedPoint } from "./study.ts";

const schema = z.strictObject({
  family: z.string(),
  params: z.record(z.string(), z.unknown()),
  learner: z.string(),
  /** The parameter that grows, and its values. */
  parameter: z.string(),
  values: z.array(z.number().check(z.gt(0))).check(z.minLength(2)),
  /** Success: the hidden parameters found, or a plane with this overlap. */
  overlap: z.optional(z.number().check(z.gt(0), z.lt(1))),
  least: integer(1, 100_000_000),
  most: integer(1, 100_000_000),
  seeds: integer(1, 1000),
  /** What the need is fitted against: the value's logarithm (when absent), or the value itself. */
  against: z.optional(z.literal("value")),
});

/** Share of the seeds that is "most". */
const MOST_SEEDS = 0.75;

type SampleNeedSettings = z.output<typeof schema>;

export const sampleNeed: Recipe = async (given, context) => {
  const settings = parseWith(schema, given, "sample need");
  const { family, learner, parameter, values, seeds, against } = settings;
  const points: SampleNeedPoint[] = [];
  const times: NeedTime[] = [];
  for (const value of values) {
    const { samples, tried, seconds } = await needAt(value, points.length / values.length, settings, context);
    points.push({ value, samples, tried });
    if (samples !== null) times.push({ value, samples, seconds });
  }
  return {
    family,
    learner,
    parameter,
    seeds,
    points,
    slope: slopeOf(points, against),
    ...(against === undefined ? {} : { against }),
    measurement: { times },
  };
};

interface Need extends Omit<SampleNeedPoint, "value"> {
  /** The median time of the runs with the last number tried. */
  readonly seconds: number;
}

/** @param done share of the values that are done */
async function needAt(
  value: number,
  done: number,
  { family: id, params, learner: name, parameter, overlap, least, most, seeds }: SampleNeedSettings,
  { catalogue, signal, onProgress }: RecipeContext,
): Promise<Need> {
  const family = familyIn(catalogue, id);
  const learner = learnerIn(catalogue, name);
  const checked = family.parse({ ...params, [parameter]: value });

  async function attempt(samples: number, seed: number): Promise<{ found: boolean; seconds: number }> {
    signal?.throwIfAborted();
    const instance = drawInstance(family, checked, seed);
    const start = performance.now();
    const { exact, final } = await learner.learn({
      family,
      instance,
      easy: false,
      seed,
      options: { samples },
    });
    const seconds = (performance.now() - start) / 1000;
    return { found: overlap === undefined ? exact : Number(final["overlap"] ?? 0) >= overlap, seconds };
  }

  const tried: SampleNeedPoint["tried"][number][] = [];
  let seconds = NaN;
  for (let samples = least; samples <= most; samples *= 2) {
    const attempts: Awaited<ReturnType<typeof attempt>>[] = [];
    for (let seed = 0; seed < seeds; seed++) attempts.push(await attempt(samples, seed));
    seconds = median(attempts.map((run) => run.seconds));
    const successes = attempts.filter(({ found }) => found).length;
    tried.push({ samples, successes });
    onProgress?.(`${name}, ${parameter} = ${value}: ${samples} samples`, done);
    if (successes >= MOST_SEEDS * seeds) return { samples, tried, seconds };
  }
  return { samples: null, tried, seconds };
}

/** The exponent of the need, where two values have one. */
function slopeOf(points: readonly SampleNeedPoint[], against: SampleNeedSettings["against"]): number | null {
  const found = points.flatMap(({ value, samples }) => (samples === null ? [] : [{ x: value, y: samples }]));
  if (found.length < 2) return null;
  if (against === undefined) return logLogSlope(found);
  return linearSlope(found.map(({ x, y }) => ({ x, y: Math.log10(y) })));
}
