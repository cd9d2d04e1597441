/** How good a learner gets with how many examples: several seeds over a grid of sample sizes. */

import * as z from "zod/mini";
import { integer, parseWith } from "../../base/schema.ts";
import { familyIn, learnerIn, type Recipe } from "../../run/catalogue.ts";
import { drawInstance } from "../../family/draw.ts";
import type { SampleCurvePoint } from "./study.ts";

const schema = z.strictObject({
  family: z.string(),
  params: z.record(z.string(), z.unknown()),
  learner: z.string(),
  samples: z.array(integer(1, 100_000_000)),
  seeds: integer(1, 1000),
});

export const sampleCurve: Recipe = async (given, { catalogue, signal, onProgress }) => {
  const { family: id, params, learner: name, samples, seeds } = parseWith(schema, given, "sample curve");
  const family = familyIn(catalogue, id);
  const learner = learnerIn(catalogue, name);
  const checked = family.parse(params);
  const points: SampleCurvePoint[] = [];
  for (const count of samples)
    for (let seed = 0; seed < seeds; seed++) {
      signal?.throwIfAborted();
      const { final, exact } = await learner.learn({
        family,
        instance: drawInstance(family, checked, seed),
        easy: false,
        seed,
        options: { samples: count },
      });
      points.push({ samples: count, seed, explained: final.explainedVariance ?? 0, exact });
      onProgress?.(`${name} from ${count} samples`, points.length / (samples.length * seeds));
    }
  return { family: id, params: checked.json, learner: name, points };
};
