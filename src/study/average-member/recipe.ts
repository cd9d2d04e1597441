/**
 * What the average of many members of a family says of one that is not among them. Members are standardised; the
 * average's multiple and offset are fitted on the first half of the examples, and judged on the second.
 */

import * as z from "zod/mini";
import { foldIn } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { mean } from "../../base/statistics.ts";
import { drawInstance } from "../../family/draw.ts";
import { unitOf } from "../../learner/initial-weights.ts";
import { familyIn, type Recipe } from "../../run/catalogue.ts";

const schema = z.strictObject({
  family: z.string(),
  params: z.record(z.string(), z.unknown()),
  members: integer(1, 100_000),
  samples: integer(4, 1_000_000),
  /** Members, none of them in the average, that it is held against. */
  targets: integer(1, 1000),
});

/** Seeds of averaged members start here, above those of targets. */
const AVERAGED = 1_000_000;

/**
 * 1 minus the squared error of a + b h on the second half over that of the labels' own mean there, a and b by least
 * squares on the first.
 */
export function fittedExplained(h: Float64Array, y: Float64Array): number {
  const half = Math.floor(y.length / 2);
  const part = (of: Float64Array, from: number, to: number): number[] => [...of.subarray(from, to)];
  const [h1, y1, h2, y2] = [
    part(h, 0, half),
    part(y, 0, half),
    part(h, half, y.length),
    part(y, half, y.length),
  ];
  const [mh, my] = [mean(h1), mean(y1)];
  const covariance = mean(h1.map((x, i) => (x - mh) * (y1[i] - my)));
  const variance = mean(h1.map((x) => (x - mh) ** 2));
  const b = variance > 0 ? covariance / variance : 0;
  const centre = mean(y2);
  const spread = mean(y2.map((v) => (v - centre) ** 2));
  return spread > 0 ? 1 - mean(y2.map((v, i) => (v - my - b * (h2[i] - mh)) ** 2)) / spread : 0;
}

export const averageMember: Recipe = async (given, { catalogue, signal, onProgress }) => {
  const { family: id, params, members, samples, targets } = parseWith(schema, given, "average member");
  const family = familyIn(catalogue, id);
  const checked = family.parse(params);
  const { law, key } = drawInstance(family, checked, 0);
  const inputs = law.sample(foldIn(key, "average member"), samples);
  const sum = new Float64Array(samples);
  for (let j = 0; j < members; j++) {
    signal?.throwIfAborted();
    const member = drawInstance(family, checked, AVERAGED + j);
    const unit = unitOf(member, member.hard);
    member.hard.label(inputs).forEach((y, i) => (sum[i] += (y - unit.mean) / unit.sd));
    onProgress?.("average member", (j + 1) / members);
  }
  const explained = Array.from({ length: targets }, (_, seed) =>
    fittedExplained(sum, drawInstance(family, checked, seed).hard.label(inputs)),
  );
  return { family: id, params: checked.json, members, samples, explained };
};
