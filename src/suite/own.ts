/** Our own learners on the suite: their hypotheses are graded as predictions of others are. */

import { reject } from "../base/errors.ts";
import { optionWords } from "../base/options.ts";
import type { Source } from "../dataset/examples.ts";
import { baselines } from "../dataset/manifest.ts";
import { everyFamily } from "../family/neighbours.ts";
import { familyById } from "../family/registry.ts";
import type { LearnOptions } from "../learner/learner.ts";
import { learnerById } from "../learner/registry.ts";
import { grade, type Grade } from "./grade.ts";
import { labelsOf, scoredOf, sourceOf, type Scored } from "./score.ts";
import type { Entry } from "./suite.ts";

/** Fresh examples on which a learner that ends without a hypothesis is graded, by the best constant. */
const testSamples = 10_000;

/** A learner, and the student and the budget that it is given where they are not its defaults. */
export interface Own {
  readonly learner: string;
  readonly options: Partial<Pick<LearnOptions, "student" | "samples">>;
}

/** What a learner of ours is called on the board: `gradient-descent --student gin`. */
export const ownName = ({ learner, options }: Own): string => [learner, ...optionWords(options)].join(" ");

/** Whether a learner makes sense on an entry, whose family has its student. */
export function takesPart({ learner, options: { student } }: Own, entry: Entry): boolean {
  const family = familyById(entry.family, everyFamily);
  if (student !== undefined && !Object.hasOwn(family.students, student)) return false;
  return learnerById(learner).refusal(family, family.parse(entry.params)) === null;
}

/**
 * A learner on one entry, graded on its own fresh examples of the same law.
 * @returns null where the learner takes no part
 * @throws InputError for a learner that does not show what it predicts, or does not read its options
 */
export async function scoreLearner(
  own: Own,
  entry: Entry,
  seed: number,
  signal?: AbortSignal,
): Promise<Scored | null> {
  if (!takesPart(own, entry)) return null;
  const { name, params, easy } = entry;
  const source = sourceOf({ family: entry.family, params, easy, seed });
  const { family, instance } = source;
  let graded: Grade | undefined;
  const { queries, final } = await learnerById(own.learner).learn({
    ...source,
    options: own.options,
    ...(signal === undefined ? {} : { signal }),
    judged(predictions, labels) {
      graded = grade(predictions, labels, instance.labels);
    },
  });
  if (graded === undefined && final.explainedVariance !== null)
    reject({ where: "--learner", what: `${own.learner} does not show what it predicts` });
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
