/** Draws labelled examples of a family as a user would bring them, and asks for the verdict, several times over. */

import * as z from "zod/mini";
import { foldIn, keyFor, permutation } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import type { LabelledData } from "../../dataset/labelled.ts";
import { diagnose } from "../../diagnose/diagnose.ts";
import { quickLearners } from "../../diagnose/learners/compare.ts";
import { isGraphs } from "../../distribution/samples.ts";
import { drawInstance } from "../../family/draw.ts";
import { lawOf, type Instance } from "../../family/instance.ts";
import { familyIn, type Recipe } from "../../run/catalogue.ts";
import { parseGroup } from "../../symmetry/groups.ts";
import { labelKinds, type Calibration } from "./study.ts";

const schema = z.strictObject({
  family: z.string(),
  params: z.record(z.string(), z.unknown()),
  group: z.string(),
  labels: z.enum(labelKinds),
  examples: integer(40, 1_000_000),
  degree: integer(1, 6),
  trials: integer(1, 10_000),
  /** Of the tests, see the study. */
  method: integer(1, 1000),
});

export const calibration: Recipe = async (given, { catalogue, signal, onProgress }) => {
  const settings = parseWith(schema, given, "diagnosis");
  const { family: id, group: name, labels, examples, degree, trials } = settings;
  const family = familyIn(catalogue, id);
  const params = family.parse(settings.params);
  const group = parseGroup(name);
  const found: Calibration["trials"][number][] = [];
  for (let seed = 0; seed < trials; seed++) {
    signal?.throwIfAborted();
    onProgress?.(`${id}, ${labels}: ${examples} examples`, seed / trials);
    const data = drawn(drawInstance(family, params, seed), labels, examples);
    const said = await diagnose(data, group, { seed, degree, learners: quickLearners, invariance: false });
    found.push({
      verdict: said.verdict.kind,
      statistic: said.verdict.statistic,
      information: said.exponents.information,
      generative: said.exponents.generative,
      learned: said.learners.filter((l) => l.learned).map((l) => l.id),
    });
  }
  return { family: id, params: params.json, group: name, labels, examples, degree, trials: found };
};

/** Examples of an instance; shuffled labels are those of other examples. */
function drawn(instance: Instance, labels: Calibration["labels"], count: number): LabelledData {
  const target = labels === "easy" ? instance.easy : instance.hard;
  const key = foldIn(instance.key, "diagnosed examples");
  const samples = lawOf(instance, target).sample(key, count);
  const own = target.label(samples);
  const order = permutation(keyFor("shuffled labels", ...Array.from(key)), count);
  return {
    kind: isGraphs(samples) ? "graphs" : "vectors",
    label: "y",
    count,
    total: count,
    shape: samples.shape,
    inputs: Float64Array.from(samples.data),
    labels: labels === "shuffled" ? Float64Array.from(order, (i) => own[i]) : own,
    padded: 0,
  };
}
