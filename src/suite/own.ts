/** Our own learners on the suite: their hypotheses are graded as predictions of others are. */

import { reject } from "../base/errors.ts";
import type { Source } from "../dataset/examples.ts";
import { baselines } from "../dataset/manifest.ts";
import { learnerById } from "../learner/registry.ts";
import { grade, type Grade } from "./grade.ts";
import { labelsOf, scoredOf, sourceOf, type Scored } from "./score.ts";
import type { Entry } from "./suite.ts";

/** Fresh examples on which a learner that ends without a hypothesis is graded, by the best constant. */
const testSamples = 10_000;

/**
 * A learner with its default options on one entry, graded on its own fresh examples of the same law.
 * @returns null where the learner takes no part
 * @throws InputError for a learner that does not show what it predicts
 */
export async function scoreLearner(
  id: string,
  entry: Entry,
  seed: number,
  signal?: AbortSignal,
): Promise<Scored | null> {
  const learner = learnerById(id);
  const { name, params, easy } = entry;
  const source = sourceOf({ family: entry.family, params, easy, seed });
  const { family, instance } = source;
  if (learner.refusal(family, instance.params) !== null) return null;
  let graded: Grade | undefined;
  const { queries, final } = await learner.learn({
    ...source,
    options: {},
    ...(signal === undefined ? {} : { signal }),
    judged(predictions, labels) {
      graded = grade(predictions, labels, instance.labels);
    },
  });
  if (graded === undefined && final.explainedVariance !== null)
    reject({ where: "--learner", what: `${id} does not show what it predicts` });
  const reached = graded ?? constantGrade(source);
  const spent = queries === null ? null : { steps: queries, parameters: 1 };
  const task = { family: family.id, params, easy, seed, test: reached.examples };
  return scoredOf(name, task, source, reached, spent);
}

function constantGrade(source: Source): Grade {
  const labels = labelsOf(source, testSamples);
  const { constant } = baselines(source);
  return grade(new Float64Array(labels.length).fill(constant), labels, source.instance.labels);
}
