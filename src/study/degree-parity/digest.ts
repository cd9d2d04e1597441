/** The records of degree parities as the report uses them: every number shown comes from here, and so from a record. */

import * as z from "zod/mini";
import { grouped } from "../../base/group.ts";
import { parseWith } from "../../base/schema.ts";
import { batchOf } from "../../learner/training-options.ts";
import { recordsOf, type Finished, type StoredRecord } from "../../run/record.ts";
import { gnnDegreeParity } from "../../family/gnn-degree-parity/index.ts";
import { problemOf } from "../../family/gnn-degree-parity/params.ts";
import { chanceLevel, outcomeOf, type ChanceLevel, type Outcome } from "../verdict.ts";

/** The part that a task plays in the study. */
export type Role = "main" | "certificate" | "escape" | "tuning" | "teacher" | "control" | "continued";

export interface Run {
  readonly id: string;
  readonly role: Role;
  readonly n: number;
  readonly seed: number;
  readonly easy: boolean;
  readonly degrees: readonly number[];
  /** Names the set with all that are the same learning problem (`problemOf`). */
  readonly problem: string;
  readonly mu: number;
  /** Of a run that diverged and so has no hypothesis, the majority's. */
  readonly accuracy: number;
  readonly standardError: number;
  readonly baseline: number;
  /** Whether the majority label is nearly all there is, so that learning it shows next to nothing. */
  readonly nearlyConstant: boolean;
  readonly loss: number | null;
  readonly steps: number;
  readonly batch: number;
  readonly weights: number;
  readonly stopped: string;
  readonly options: Finished<"train">["task"]["options"];
  readonly curve: readonly { step: number; loss: number | null; accuracy: number | null }[];
  readonly verdict: Outcome;
}

export interface CertificateRow {
  readonly n: number;
  readonly functions: string;
  readonly dimension: number;
  readonly method: string;
  readonly confidence: number;
  readonly maxProbability: number;
  readonly tau: number;
  readonly rho: number;
  readonly queries: number;
  readonly vacuous: boolean;
}

export interface Escape {
  readonly n: number;
  readonly seed: number;
  readonly learner: string;
  readonly noise: number;
  readonly accuracy: number | null;
  readonly queries: number | null;
  readonly samples: number | null;
  readonly tolerance: number | null;
  readonly errorBound: number | null;
  readonly consistent: boolean;
}

/** What chance achieves at a size, from students of shuffled labels there or, where these are few, at all sizes. */
export type ChanceAt = (n: number) => ChanceLevel | null;

export interface Digest {
  readonly runs: readonly Run[];
  readonly certificates: readonly CertificateRow[];
  readonly escapes: readonly Escape[];
  readonly chance: ChanceAt;
}

/**
 * The runs on each learning problem (and each target): what is independent are the problems, not the seeds on one, nor
 * the sets that are the same up to sign and the complement of the graph.
 */
export const groupedBySet = (runs: readonly Run[]): Run[][] => [
  ...grouped(runs, (run) => `${run.n} ${run.problem} ${run.easy}`).values(),
];

/** What the family says of the drawn set, its certificate's evidence, and elimination of its hypothesis. */
const drawn = z.looseObject({ degrees: z.array(z.int()), mu: z.number() });
const evidence = z.looseObject({ maxParityVectorProbability: z.number() });
const outcome = z.looseObject({
  tolerance: z.optional(z.number()),
  consistent: z.optional(z.boolean()),
  final: z.looseObject({ expectedErrorBound: z.optional(z.number()) }),
});

/**
 * @param roles of the study's own tasks, by id: other records are left out
 * @throws InputError naming the record of which the family says something else
 */
export function digest(records: readonly StoredRecord[], roles: ReadonlyMap<string, Role>): Digest {
  const own = records.filter((r) => roles.has(r.id));
  const chance = chanceIn(own);
  const runs = recordsOf(own, "train").map((r) => runOf(r, roles.get(r.id) ?? "main", chance));
  const bySet = (a: { n: number; seed: number }, b: { n: number; seed: number }): number =>
    a.n - b.n || a.seed - b.seed;
  return {
    chance,
    runs: runs.sort((a, b) => bySet(a, b) || Number(a.easy) - Number(b.easy) || (a.id < b.id ? -1 : 1)),
    certificates: recordsOf(own, "certify")
      .map(certificateRow)
      .sort((a, b) => a.n - b.n),
    escapes: recordsOf(own, "learn")
      .map(escapeOf)
      .sort((a, b) => bySet(a, b) || (a.learner < b.learner ? -1 : 1) || a.noise - b.noise),
  };
}

/** Of the records with shuffled labels. */
export function chanceIn(records: readonly StoredRecord[]): ChanceAt {
  const shuffled = recordsOf(records, "train").filter((r) => r.task.options.shuffleLabels === true);
  const level = (of: typeof shuffled): ChanceLevel | null => chanceLevel(of.map((r) => r.result.final));
  const everywhere = level(shuffled);
  return (n) => level(shuffled.filter((r) => r.task.params["n"] === n)) ?? everywhere;
}

/** Majority labels above this share leave too few others for a student to show that it has learned. */
const NEARLY_CONSTANT = 0.95;

function runOf({ id, task, result }: Finished<"train">, role: Role, chance: ChanceAt): Run {
  const { final, steps, weights, stopped, curve } = result;
  const { degrees, mu } = parseWith(drawn, result.instance, `record ${id}: instance`);
  const baseline = final.baselineAccuracy ?? NaN;
  const { values } = gnnDegreeParity.parse(task.params);
  return {
    id,
    role,
    n: values.n,
    problem: problemOf(degrees, values),
    nearlyConstant: baseline > NEARLY_CONSTANT,
    seed: task.seed,
    easy: task.easy,
    degrees,
    mu,
    accuracy: final.accuracy ?? baseline,
    standardError: final.standardError ?? 0,
    baseline,
    loss: final.loss,
    steps,
    batch: batchOf(task.options),
    weights,
    stopped,
    options: task.options,
    curve,
    verdict: outcomeOf(final, chance(values.n)),
  };
}

function certificateRow({ id, task, result }: Finished<"certify">): CertificateRow {
  const { functions, dimension, gram, confidence, statement } = result;
  const found = parseWith(evidence, result.evidence, `record ${id}: evidence`);
  return {
    n: Number(task.params["n"]),
    functions: functions.count ?? "a continuum",
    dimension: Number(dimension.spectral),
    method: gram.method,
    confidence,
    maxProbability: found.maxParityVectorProbability,
    tau: statement.tau,
    rho: statement.rho,
    queries: Number(statement.queries),
    vacuous: statement.vacuous,
  };
}

function escapeOf({ id, task, result }: Finished<"learn">): Escape {
  const { tolerance, consistent, final } = parseWith(outcome, result, `record ${id}: result`);
  return {
    n: Number(task.params["n"]),
    seed: task.seed,
    learner: task.learner,
    noise: task.options.noise ?? 0,
    accuracy: result.final.accuracy,
    queries: result.queries,
    samples: result.samples,
    tolerance: tolerance ?? null,
    errorBound: final.expectedErrorBound ?? null,
    consistent: consistent ?? true,
  };
}
