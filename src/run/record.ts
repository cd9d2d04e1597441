/**
 * A record: a finished piece of work, with what its kind of work results in. One schema a kind, for writing and for
 * reading.
 */

import * as z from "zod/mini";
import { version, numerics } from "../base/version.ts";
import { certificateSchema } from "../query/certificate.ts";
import { taskId, type Task, type TaskOf } from "./task.ts";

const anything = z.record(z.string(), z.unknown());
const count = z.int().check(z.gte(0));
const maybe = z.nullable(z.number());

/** What a trained student is worth on fresh samples; of one that diverged, what would judge it is null. */
const evaluation = z.looseObject({
  loss: maybe,
  accuracy: maybe,
  explainedVariance: maybe,
  baselineAccuracy: maybe,
  standardError: maybe,
});

/** How far weights have turned to the hidden parameters, by one statistic. */
const progressStatistic = z.object({
  hidden: z.number(),
  mean: z.number(),
  sd: z.number(),
  largest: z.number(),
});

/** Results by kind of work. What a family, a learner or a recipe adds of its own passes, for its readers to check. */
const results = {
  train: z.looseObject({
    /** The hidden parameters and what the family says of them. */
    instance: anything,
    weights: count,
    steps: count,
    stopped: z.enum(["budget", "reached", "interrupted", "diverged", "halted"]),
    final: evaluation,
    /** On the fixed training set, where there is one. */
    trainAccuracy: z.optional(maybe),
    trainExplained: z.optional(maybe),
    curve: z.array(
      z.looseObject({
        step: count,
        loss: maybe,
        accuracy: maybe,
        progress: z.optional(z.record(z.string(), progressStatistic)),
      }),
    ),
    validationBaselineLoss: z.number(),
  }),
  learn: z.looseObject({
    instance: anything,
    learner: z.string(),
    queries: z.nullable(count),
    samples: z.nullable(count),
    final: z.looseObject({ accuracy: maybe, explainedVariance: maybe, testSamples: count }),
    exact: z.boolean(),
  }),
  certify: certificateSchema,
  recipe: anything,
} as const;

const measurement = z.looseObject({
  numerics: z.optional(z.int().check(z.gte(1))),
  version: z.optional(z.string()),
  node: z.optional(z.string()),
  cpu: z.optional(z.string()),
  seconds: z.optional(z.number()),
  stepsPerSecond: z.optional(z.number()),
  /** What a training was computed by, where that was not ONNX Runtime. */
  engine: z.optional(z.looseObject({ engine: z.string(), version: z.string() })),
});

/** What a piece of work does. */
export type Kind = Task["kind"];
/** Of a run of a piece of work, what another run would not repeat: rates, times, the machine. */
export type Measurement = z.output<typeof measurement>;

/** What every record says, whichever program made it. */
export interface Envelope {
  readonly schema: "equihard.record/1";
  /** Hash of `task`, and the file's name. */
  readonly id: string;
  readonly task: Task;
  readonly result: Readonly<Record<string, unknown>>;
  /** Hash of `result`. */
  readonly resultHash: string;
  readonly measurement: Measurement;
}

/** A record of this program of one kind of work. */
export interface Finished<K extends Kind = Kind> extends Envelope {
  readonly task: TaskOf<K>;
  readonly result: z.output<(typeof results)[K]>;
}

/** A record of this program: its result is of its task's kind. */
export type StoredRecord = { readonly [K in Kind]: Finished<K> }[Kind];

const work = { family: z.string(), params: anything };
const drawn = { ...work, seed: z.int(), options: anything };
const taskSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("train"), ...drawn, easy: z.boolean() }),
  z.strictObject({
    kind: z.literal("learn"),
    ...drawn,
    learner: z.string(),
    easy: z.optional(z.boolean()),
  }),
  z.strictObject({ kind: z.literal("certify"), ...work, tau: z.number(), rho: z.number() }),
  z.strictObject({ kind: z.literal("recipe"), ...work, recipe: z.string() }),
]);
/** A record of whichever program. */
export const recordSchema = z.strictObject({
  schema: z.literal("equihard.record/1"),
  id: z.string(),
  task: taskSchema,
  result: anything,
  resultHash: z.string(),
  measurement,
});

/** A value that fits, or in words the first place where it does not. */
export type Fit<T> =
  | { readonly value: T; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string };

function fit<T>(schema: z.ZodMiniType<T>, value: unknown, ...within: readonly string[]): Fit<T> {
  return fitAs("no record", schema, value, within);
}

function fitAs<T>(
  what: string,
  schema: z.ZodMiniType<T>,
  value: unknown,
  within: readonly string[] = [],
): Fit<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return { value: parsed.data };
  const path = [...within, ...parsed.error.issues[0].path];
  return { problem: `${what}: ${path.length === 0 ? "the document" : path.join(".")} does not fit` };
}

/** A document as a piece of work. Parameters and options are for the family and the learner to check. */
export function fitTask(document: unknown): Fit<Task> {
  const found = fitAs("no task", taskSchema, document);
  return found.problem === undefined ? { value: found.value as Task } : found;
}

/** A document as a record of whichever program. Parameters and options are for the family and the learner to check. */
export function fitEnvelope(document: unknown): Fit<Envelope> {
  const found = fit(recordSchema, document);
  return found.problem === undefined ? { value: found.value as Envelope } : found;
}

/** A record as one of this program, whose result has to be of its task's kind. */
export function fitRecord({ task, result, ...rest }: Envelope): Fit<StoredRecord> {
  const typed = <T extends Task, R>(of: T, schema: z.ZodMiniType<R>) => {
    const found = fit(schema, result, "result");
    return found.problem === undefined ? { value: { ...rest, task: of, result: found.value } } : found;
  };
  switch (task.kind) {
    case "train":
      return typed(task, results.train);
    case "learn":
      return typed(task, results.learn);
    case "certify":
      return typed(task, results.certify);
    case "recipe":
      return typed(task, results.recipe);
  }
}

/** What this program adds to a measurement. */
export const signed = (of: Readonly<Record<string, unknown>>) => ({ ...of, version, numerics });

/** The numerics version that made a record; null where it was made before records named one. */
export const numericsOf = ({ measurement: { numerics: of } }: Envelope): number | null => of ?? null;

/** Which numerics versions made records, in words. */
export function origins(records: readonly Envelope[]): string {
  const counts = new Map<number | null, number>();
  for (const of of records.map(numericsOf)) counts.set(of, (counts.get(of) ?? 0) + 1);
  const one = ([of, total]: [number | null, number]): string => {
    const origin = of === null ? "an older program that named no numerics version" : `numerics version ${of}`;
    return `${total} record${total === 1 ? "" : "s"} of ${origin}`;
  };
  return [...counts].map(one).join(" and ");
}

const isOf = <K extends Kind>(record: StoredRecord, kind: K): record is Extract<StoredRecord, Finished<K>> =>
  record.task.kind === kind;

/** The records of one kind of work. */
export const recordsOf = <K extends Kind>(records: readonly StoredRecord[], kind: K) =>
  records.filter((r) => isOf(r, kind));

/** Looks up the record of a piece of work; undefined where it has not finished. */
export function finder(records: readonly StoredRecord[]) {
  const byId = new Map(records.map((r) => [r.id, r]));
  return <K extends Kind>(task: TaskOf<K>) => {
    const record = byId.get(taskId(task));
    return record !== undefined && isOf(record, task.kind as K) ? record : undefined;
  };
}
