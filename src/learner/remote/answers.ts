/**
 * The oracle's side of the protocol: what a learner in another program is told. It gets inputs, labels of samples, or
 * answers to queries; the target itself, the hidden parameters and the seed stay here.
 */

import { decodeFloats, encodeFloats } from "../../base/base64.ts";
import type { JsonObject } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { foldIn, keyFor } from "../../base/random.ts";
import type { Samples } from "../../distribution/law.ts";
import { sizeOf, slice } from "../../distribution/samples.ts";
import { withCertificates } from "../../family/certifiable.ts";
import { settledParams } from "../../family/family.ts";
import { lawOf } from "../../family/instance.ts";
import { definingOf } from "../../query/certificate.ts";
import { adversary } from "../../query/oracle/adversary.ts";
import { membersOn } from "../../query/oracle/members.ts";
import { NotFinite, samplePopulation, type Population } from "../../query/oracle/population.ts";
import type { Oracle } from "../../query/oracle/oracle.ts";
import { populationOracle } from "../../query/oracle/target-oracle.ts";
import type { LearnJob, LearnOptions } from "../learner.ts";
import { defaultSamples } from "./options.ts";
import { mostNumbers, protocolName, type Question } from "./protocol.ts";

export type RemoteOptions = Pick<
  LearnOptions,
  "samples" | "tau" | "oracle" | "queries" | "points" | "timeout"
>;
export type RemoteJob = LearnJob<RemoteOptions>;

/** An oracle that answers a learner's questions and counts them. */
export interface Answers {
  /** What the learner is told at the start. */
  readonly hello: JsonObject;
  answer(question: Exclude<Question, { ask: "done" }>, where: string): Promise<JsonObject>;
  /** What its predictions are held against, given all its predictions on the graded inputs. */
  readonly test: Samples;
  graded(predictions: Float32Array): { labels: ArrayLike<number>; details: JsonObject };
  /** Queries asked and samples drawn. */
  cost(): { queries: number | null; samples: number | null };
}

const TEST_SAMPLES = 10_000;

/** What is to be learned, the law of its examples, and those that predictions are asked for. */
function targetOf({ instance, easy }: RemoteJob) {
  const target = easy ? instance.easy : instance.hard;
  const law = lawOf(instance, target);
  return { target, law, drawTest: () => law.sample(foldIn(instance.key, "test"), TEST_SAMPLES) };
}

/** What every learner of the family may know: nothing that the draw of this instance hides. */
function greeting(job: RemoteJob): JsonObject {
  const { family, instance, seed, options } = job;
  const { law } = targetOf(job);
  const params =
    family.certifier === undefined ? {} : definingOf(withCertificates(family), instance.params).json;
  return {
    protocol: protocolName,
    family: { id: family.id, params },
    input: { shape: law.shape, law: law.id },
    labels: instance.labels,
    oracle: options.oracle,
    // for the learner's own coins: a rerun throws the same
    random: keyFor("remote learner", seed)[0],
  };
}

/** @throws InputError for the adversary of a family whose members are not listed */
export async function answersFor(job: RemoteJob): Promise<Answers> {
  if (job.options.oracle === "samples") return fromSamples(job);
  const { instance, options } = job;
  const { target, law, drawTest } = targetOf(job);
  const population = samplePopulation(law, foldIn(instance.key, "remote points"), options.points);
  if (options.oracle === "adversarial") return fromAdversary(job, population);
  const oracle = populationOracle(
    { label: (samples) => target.label(samples), signs: instance.labels === "sign" },
    population,
    { tolerance: options.tau, noise: "uniform", key: foldIn(instance.key, "remote noise") },
  );
  const test = drawTest();
  return {
    ...fromQueries(job, population, oracle),
    test,
    graded: () => ({ labels: target.label(test), details: {} }),
  };
}

function fromSamples(job: RemoteJob): Answers {
  const { instance, options } = job;
  const { target, law, drawTest } = targetOf(job);
  const budget = options.samples ?? defaultSamples;
  const test = drawTest();
  const stream = foldIn(instance.key, "remote samples");
  let [used, batches] = [0, 0];
  return {
    hello: { ...greeting(job), budget: { samples: budget } },
    async answer(question, where) {
      if (question.ask !== "examples") return wrongOracle(question.ask, where, "examples");
      const { count } = question;
      if (count > budget - used)
        reject({
          where,
          what: `asks for ${count} examples`,
          allowed: `${budget - used} of ${budget} are left`,
        });
      requireSize(count * sizeOf(test), where);
      used += count;
      const samples = law.sample(foldIn(stream, batches++), count);
      return {
        count,
        x: encodeFloats(samples.data),
        y: encodeFloats(target.label(samples)),
        left: budget - used,
      };
    },
    test,
    graded: () => ({ labels: target.label(test), details: {} }),
    cost: () => ({ queries: null, samples: used }),
  };
}

/** Label-free inputs, and correlations with the values that a learner's functions take on them. */
function fromQueries(
  job: RemoteJob,
  { points }: Population,
  oracle: Oracle,
): Pick<Answers, "hello" | "answer" | "cost"> {
  const { queries: budget, tau } = job.options;
  const correlations = async (count: number, text: string, where: string): Promise<JsonObject> => {
    const left = budget - oracle.asked();
    if (count > left)
      reject({ where, what: `asks ${count} queries`, allowed: `${left} of ${budget} are left` });
    requireSize(count * points.count, where);
    const values = decodeFloats(text, count * points.count, `${where}: values`);
    let from = 0; // blocks are asked for in order, a part of the points at a time
    const on = (part: Samples): Float32Array => {
      const start = from % points.count;
      from += part.count;
      const out = new Float32Array(count * part.count);
      for (let q = 0, at = start; q < count; q++, at += points.count)
        out.set(values.subarray(at, at + part.count), q * part.count);
      return out;
    };
    try {
      const { values: answers, norms } = await oracle.correlations({ count, on });
      return { values: Array.from(answers), norms: Array.from(norms), left: budget - oracle.asked() };
    } catch (error) {
      if (error instanceof NotFinite)
        return reject({ where, what: "values whose squares have no finite sum" });
      throw error;
    }
  };
  return {
    hello: { ...greeting(job), points: points.count, tolerance: tau, budget: { queries: budget } },
    async answer(question, where) {
      if (question.ask === "correlations") return correlations(question.count, question.values, where);
      if (question.ask !== "points") return wrongOracle(question.ask, where, "points, correlations");
      const { from, count } = question;
      if (from + count > points.count)
        reject({
          where,
          what: `asks for points ${from} to ${from + count}`,
          allowed: `up to ${points.count}`,
        });
      requireSize(count * sizeOf(points), where);
      return { count, x: encodeFloats(slice(points, from, from + count).data) };
    },
    cost: () => ({ queries: oracle.asked(), samples: null }),
  };
}

/** The adversary names its target at the end: of those that are left, the one that the predictions tell least of. */
async function fromAdversary(job: RemoteJob, population: Population): Promise<Answers> {
  const { family, instance, seed, options, easy } = job;
  if (easy)
    reject({ where: "--easy", what: "the adversary holds the hard family", next: "leave --easy out" });
  const { count } = instance.params.json; // of listed functions, where the family has that parameter
  const asked = typeof count === "number" ? { seed, count } : { seed };
  const list = family.members?.(settledParams(family, instance), asked);
  if (list === undefined)
    return reject({
      where: "--oracle",
      what: `${family.id} has no list of members for the adversary to hold`,
    });
  const members = await membersOn(list, population);
  const { oracle, survivors } = adversary(members, options.tau, instance.labels === "sign");
  const { points } = population;
  return {
    ...fromQueries(job, population, oracle),
    test: points,
    graded(predictions) {
      const left = survivors();
      const correlations = left.map((i) => Math.abs(inner(predictions, list.values(points, i, i + 1))));
      const least = left[correlations.indexOf(Math.min(...correlations))];
      return {
        labels: list.values(points, least, least + 1),
        details: { target: list.hidden(least), survivors: left.length, functions: list.count },
      };
    },
  };
}

const inner = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * b[i], 0);

const wrongOracle = (ask: string, where: string, allowed: string): never =>
  reject({ where, what: `asks for ${ask}, which this oracle does not give`, allowed });

function requireSize(numbers: number, where: string): void {
  if (numbers > mostNumbers)
    reject({ where, what: `a question of ${numbers} numbers`, allowed: `at most ${mostNumbers} at once` });
}
