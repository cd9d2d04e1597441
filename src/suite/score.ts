/** Grades of predictions, beside what the family's certificate and a training's budget say of them. */

import type { JsonObject } from "../base/checked.ts";
import { reject } from "../base/errors.ts";
import { chunks, type Source } from "../dataset/examples.ts";
import { baselines, type Baselines } from "../dataset/manifest.ts";
import { certify, costOfCertificate } from "../family/certify.ts";
import { drawInstance } from "../family/draw.ts";
import { everyFamily } from "../family/neighbours.ts";
import { familyById } from "../family/registry.ts";
import { heldAgainst, type BudgetOptions } from "../query/budget.ts";
import type { Certificate } from "../query/certificate.ts";
import { grade, type Grade } from "./grade.ts";
import { transition, type Transition } from "./transition.ts";
import { suite, type Entry } from "./suite.ts";
import { against, verdict, type Held, type Needed, type Verdict } from "./verdict.ts";

/** What is graded: a target at a size, by the seed that draws it. */
export interface Task {
  readonly family: string;
  readonly params: JsonObject;
  readonly easy: boolean;
  readonly seed: number;
  /** Examples of its test split. */
  readonly test: number;
}

export interface Scored extends Task {
  readonly name: string;
  readonly grade: Grade;
  /** What a guess without looking at the input is worth. */
  readonly baseline: Baselines;
  readonly verdict: Verdict;
  /** Of the hard target; null for the twin, and where there is no certificate at hand. */
  readonly certificate: Needed | null;
  /** Null where the budget was not said, or there is no certificate to hold it against. */
  readonly budget: Held | null;
  /** The verdict against both in words; null without a certificate. */
  readonly against: string | null;
  /** What one of our own learners took to learn and to be graded, all threads together; absent where nobody looked. */
  readonly processorSeconds?: number;
}

/** What a training may have asked, as `equihard budget` takes it. */
export type Spent = Pick<BudgetOptions, "steps" | "parameters" | "batch">;

/** What a task of the suite is drawn from. */
export function sourceOf({ family: id, params, easy, seed }: Omit<Task, "test">): Source {
  const family = familyById(id, everyFamily);
  return { family, instance: drawInstance(family, family.parse(params), seed), easy, seed };
}

/** The labels of the test split, as `export` writes them (float32). */
export function labelsOf(source: Source, test: number): Float32Array {
  const labels = new Float32Array(test);
  let at = 0;
  for (const part of chunks(source, { name: "test", count: test })) {
    labels.set(part.labels, at);
    at += part.labels.length;
  }
  return labels;
}

/** Seconds and bytes up to which a certificate is made beside a grade. */
const [longest, largest] = [30, 2 ** 30];

async function certificateOf({ family, instance, easy }: Source): Promise<Certificate | null> {
  if (easy || family.certifier === undefined) return null;
  const { seconds, bytes } = costOfCertificate(family, instance.params);
  if (seconds > longest || bytes > largest) return null;
  return certify(family, instance.params);
}

/** A grade with all that stands beside it. @param spent null where the budget was not said */
export async function scoredOf(
  name: string,
  task: Task,
  source: Source,
  graded: Grade,
  spent: Spent | null,
): Promise<Scored> {
  const certificate = await certificateOf(source);
  const baseline = baselines(source);
  const reached = baseline.loss === 0 ? "constant target" : verdict(graded);
  const needed = certificate === null ? null : neededBy(certificate);
  const held = certificate === null || spent === null ? null : heldTo(certificate, spent);
  return {
    name,
    ...task,
    grade: graded,
    baseline,
    verdict: reached,
    certificate: needed,
    budget: held,
    against: against(reached, needed, held),
  };
}

function neededBy({ statement, model }: Certificate): Needed {
  const { queries, tau, rho, vacuous } = statement;
  return { queries: String(queries), tau, rho, vacuous, model };
}

function heldTo(certificate: Certificate, spent: Spent): Held {
  const { queries, tolerance, certified, position } = heldAgainst(certificate, spent);
  return { queries, tolerance, certified, position };
}

/** @throws InputError for another number of predictions than the test split has examples */
export async function score(
  name: string,
  task: Task,
  predictions: ArrayLike<number>,
  spent: Spent | null = null,
): Promise<Scored> {
  if (predictions.length !== task.test)
    reject({
      where: name,
      what: `${predictions.length} predictions`,
      allowed: `${task.test}, one a test example`,
    });
  const source = sourceOf(task);
  const graded = grade(predictions, labelsOf(source, task.test), source.instance.labels);
  return scoredOf(name, task, source, graded, spent);
}

/** A family's transition, hard or easy, from those of its sizes that were graded and have something to learn. */
export interface Standing extends Transition {
  readonly family: string;
  readonly easy: boolean;
  readonly axis: string;
  readonly sizes: readonly number[];
}

export function standings(scored: readonly Pick<Scored, "name" | "grade" | "verdict">[]): Standing[] {
  const known = suite.flatMap((entry) => {
    const found = scored.find(({ name, verdict: v }) => name === entry.name && v !== "constant target");
    return found === undefined ? [] : [{ entry, grade: found.grade }];
  });
  const keys = [...new Set(known.map(({ entry }) => keyOf(entry)))];
  return keys.map((key) => {
    const own = known.filter(({ entry }) => keyOf(entry) === key);
    const { family, easy, axis } = own[0].entry;
    const graded = own.map(({ entry: { size }, grade: of }) => ({ size, grade: of }));
    return { family, easy, axis, sizes: graded.map(({ size }) => size), ...transition(graded) };
  });
}

const keyOf = ({ family, easy }: Entry): string => `${family} ${easy}`;
