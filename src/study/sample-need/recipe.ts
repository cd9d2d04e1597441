/**
 * For each value of a parameter the least number of examples on a doubling grid with which most seeds succeed, and the
 * fitted exponent. A value whose need is beyond the limit is recorded as such. How long the runs with that number took
 * is kept as a measurement.
 */

import * as z from "zod/mini";
import { integer, parseWith } from "../../base/schema.ts";
import { median } from "../../base/statistics.ts";
import { linearSlope, logLogSlope } from "../../numeric/slope.ts";
import { familyIn, learnerIn, type Recipe } from "../../run/catalogue.ts";
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

export const sampleNeed: Recipe = async (given, { catalogue, signal, onProgress }) => {
  const {
    family: id,
    params,
    learner: name,
    parameter,
    values,
    overlap,
    least,
    most,
    seeds,
    against,
  } = parseWith(schema, given, "sample need");
  const family = familyIn(catalogue, id);
  const learner = learnerIn(catalogue, name);
  const points: SampleNeedPoint[] = [];
  const times: NeedTime[] = [];
  for (const value of values) {
    const checked = family.parse({ ...params, [parameter]: value });
    let seconds: number[] = [];
    const tried: { samples: number; successes: number }[] = [];
    const enough = (): boolean => tried.length > 0 && tried[tried.length - 1].successes >= 0.75 * seeds;
    for (let samples = least; samples <= most && !enough(); samples *= 2) {
      let successes = 0;
      seconds = [];
      for (let seed = 0; seed < seeds; seed++) {
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
        seconds.push((performance.now() - start) / 1000);
        const found = overlap === undefined ? exact : Number(final["overlap"] ?? 0) >= overlap;
        if (found) successes++;
      }
      tried.push({ samples, successes });
      onProgress?.(`${name}, ${parameter} = ${value}: ${samples} samples`, points.length / values.length);
    }
    const { samples } = tried[tried.length - 1];
    points.push({ value, samples: enough() ? samples : null, tried });
    if (enough()) times.push({ value, samples, seconds: median(seconds) });
  }
  const found = points.flatMap(({ value, samples }) => (samples === null ? [] : [{ x: value, y: samples }]));
  const fitted = (): number =>
    against === undefined
      ? logLogSlope(found)
      : linearSlope(found.map(({ x, y }) => ({ x, y: Math.log10(y) })));
  return {
    family: id,
    learner: name,
    parameter,
    seeds,
    points,
    slope: found.length < 2 ? null : fitted(),
    ...(against === undefined ? {} : { against }),
    measurement: { times },
  };
};
