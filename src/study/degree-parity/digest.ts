/** The records of a run as the report uses them: every number shown comes from here, and so from a record. */

import type { Role } from "../scale.ts";
import type { StoredRecord } from "../../run/store/files.ts";
import { verdictOf, type Judged, type Verdict } from "./verdict.ts";

export interface Run {
  readonly id: string;
  readonly role: Role;
  readonly n: number;
  readonly seed: number;
  readonly easy: boolean;
  readonly degrees: readonly number[];
  readonly mu: number;
  /** Of a run that diverged and so has no hypothesis, the majority's. */
  readonly accuracy: number;
  readonly standardError: number;
  readonly baseline: number;
  readonly loss: number | null;
  readonly steps: number;
  readonly batch: number;
  readonly weights: number;
  readonly stopped: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly curve: readonly { step: number; loss: number | null; accuracy: number | null }[];
  readonly verdict: Verdict;
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

export interface Digest {
  readonly runs: readonly Run[];
  readonly certificates: readonly CertificateRow[];
  readonly escapes: readonly Escape[];
  readonly stepsPerSecond: readonly { n: number; rate: number }[];
  readonly machines: readonly string[];
  readonly versions: readonly string[];
}

/** The runs on each drawn set S (and each target): what is independent are the sets, not the seeds on one. */
export function groupedBySet(runs: readonly Run[]): Run[][] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const name = `${run.n} ${run.degrees.join(",")} ${run.easy}`;
    groups.set(name, [...(groups.get(name) ?? []), run]);
  }
  return [...groups.values()];
}

export function digest(records: readonly StoredRecord[], roles: ReadonlyMap<string, Role>): Digest {
  const runs: Run[] = [];
  const certificates: CertificateRow[] = [];
  const escapes: Escape[] = [];
  const rates: { n: number; rate: number }[] = [];
  for (const record of records) {
    const role = roles.get(record.id);
    const { task } = record;
    if (role === undefined || role === "family" || role === "matrix" || task.kind === "recipe") continue;
    const n = Number(task.params["n"]);
    if (task.kind === "train") {
      const r = record.result as unknown as TrainRecord;
      const { accuracy, standardError, baselineAccuracy, loss } = r.final;
      runs.push({
        id: record.id,
        role,
        n,
        seed: task.seed,
        easy: task.easy,
        degrees: r.instance.degrees,
        mu: r.instance.mu,
        accuracy: accuracy ?? baselineAccuracy,
        standardError: standardError ?? 0,
        baseline: baselineAccuracy,
        loss,
        steps: r.steps,
        batch: Number(task.options["batch"] ?? 256),
        weights: r.weights,
        stopped: r.stopped,
        options: task.options,
        curve: r.curve,
        verdict: verdictOf(r.final),
      });
      rates.push({ n, rate: Number(record.measurement["stepsPerSecond"]) });
    } else if (task.kind === "certify") {
      const c = record.result as unknown as CertifyRecord;
      certificates.push({
        n,
        functions: c.functions.count,
        dimension: Number(c.dimension.spectral),
        method: c.gram.method,
        confidence: c.confidence,
        maxProbability: c.evidence.maxParityVectorProbability,
        tau: c.statement.tau,
        rho: c.statement.rho,
        queries: Number(c.statement.queries),
        vacuous: c.statement.vacuous,
      });
    } else {
      const r = record.result as unknown as LearnRecord;
      escapes.push({
        n,
        seed: task.seed,
        learner: task.learner,
        noise: task.options.noise ?? 0,
        accuracy: r.final.accuracy,
        queries: r.queries,
        samples: r.samples,
        tolerance: r.tolerance ?? null,
        errorBound: r.final.expectedErrorBound ?? null,
        consistent: r.consistent ?? true,
      });
    }
  }
  const distinct = (field: string): string[] =>
    [...new Set(records.map((r) => String(r.measurement[field])))].sort();
  const bySize = <T extends { n: number }>(a: T, b: T): number => a.n - b.n;
  runs.sort(
    (a, b) => a.n - b.n || a.seed - b.seed || Number(a.easy) - Number(b.easy) || (a.id < b.id ? -1 : 1),
  );
  escapes.sort(
    (a, b) => a.n - b.n || a.seed - b.seed || (a.learner < b.learner ? -1 : 1) || a.noise - b.noise,
  );
  return {
    runs,
    certificates: certificates.sort(bySize),
    escapes,
    stepsPerSecond: rates.sort(bySize),
    machines: distinct("cpu"),
    versions: distinct("version")
      .map((v) => `equihard ${v}`)
      .concat(distinct("node").map((v) => `Node ${v}`)),
  };
}

interface TrainRecord {
  instance: { degrees: number[]; mu: number };
  weights: number;
  steps: number;
  stopped: string;
  final: Judged & { baselineAccuracy: number; loss: number | null };
  curve: { step: number; loss: number | null; accuracy: number | null }[];
}
interface CertifyRecord {
  functions: { count: string };
  dimension: { spectral: number | string };
  gram: { method: string };
  confidence: number;
  evidence: { maxParityVectorProbability: number };
  statement: { tau: number; rho: number; queries: number | string; vacuous: boolean };
}
interface LearnRecord {
  final: { accuracy: number | null; expectedErrorBound?: number };
  queries: number | null;
  samples: number | null;
  tolerance?: number;
  consistent?: boolean;
}
