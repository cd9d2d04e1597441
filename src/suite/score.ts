/** Grades of predictions, beside what the family's certificate says of learners from correlations. */

import type { JsonObject } from "../base/checked.ts";
import { reject } from "../base/errors.ts";
import { chunks, type Source } from "../dataset/examples.ts";
import { certify, costOfCertificate } from "../family/certify.ts";
import { drawInstance } from "../family/draw.ts";
import { everyFamily } from "../family/neighbours.ts";
import { familyById } from "../family/registry.ts";
import { grade, verdict, type Grade } from "./grade.ts";
import { transition, type Transition } from "./transition.ts";
import { suite, type Entry } from "./suite.ts";

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
  readonly verdict: ReturnType<typeof verdict>;
  /** Of the hard target: queries that learners from correlations need; null where there is no certificate at hand. */
  readonly certificate: {
    readonly queries: string;
    readonly vacuous: boolean;
    readonly model: string;
  } | null;
}

/** What a task of the suite is drawn from. */
export function sourceOf({ family: id, params, easy, seed }: Task): Source {
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

async function certificateOf({ family, instance, easy }: Source): Promise<Scored["certificate"]> {
  if (easy || family.certifier === undefined) return null;
  const { seconds, bytes } = costOfCertificate(family, instance.params);
  if (seconds > longest || bytes > largest) return null;
  const { statement, model } = await certify(family, instance.params);
  return { queries: String(statement.queries), vacuous: statement.vacuous, model };
}

/** @throws InputError for another number of predictions than the test split has examples */
export async function score(name: string, task: Task, predictions: ArrayLike<number>): Promise<Scored> {
  if (predictions.length !== task.test)
    reject({
      where: name,
      what: `${predictions.length} predictions`,
      allowed: `${task.test}, one a test example`,
    });
  const source = sourceOf(task);
  const graded = grade(predictions, labelsOf(source, task.test), source.instance.labels);
  return { name, ...task, grade: graded, verdict: verdict(graded), certificate: await certificateOf(source) };
}

/** A family's transition, hard or easy, from those of its sizes that were graded. */
export interface Standing extends Transition {
  readonly family: string;
  readonly easy: boolean;
  readonly axis: string;
  readonly sizes: readonly number[];
}

export function standings(scored: readonly Scored[]): Standing[] {
  const known = suite.flatMap((entry) => {
    const found = scored.find(({ name }) => name === entry.name);
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
