/** Schemas of every document that the program reads or prints, and of a row of each table, by name. */

import * as z from "zod/mini";
import { diagnosisSchema } from "../diagnose/document.ts";
import { everyFamily } from "../family/neighbours.ts";
import { certificateSchema } from "../query/certificate.ts";
import { hypergraphSchema } from "../reduction/hypergraph.ts";
import { recordSchema } from "../run/record.ts";
import { fileSchema } from "../study/job.ts";

/** A kind of document. */
export interface DocumentKind {
  /** What it is, and which command reads or prints it. */
  readonly what: string;
  readonly schema: z.core.$ZodType;
}

const maybe = z.nullable(z.number());
const count = z.int().check(z.gte(0));
const json = z.record(z.string(), z.unknown());
const named = <S extends string>(name: S) => z.literal(`equihard.${name}/1`);
const family = z.object({ id: z.string(), params: json });

/** What learners are judged by on fresh samples; each adds its own. */
const final = z.looseObject({ accuracy: maybe, explainedVariance: maybe, testSamples: count });
const drawn = { family, instance: json, easy: z.boolean() };

const verification = z.strictObject({
  schema: named("verification"),
  valid: z.boolean(),
  level: z.enum(["proved", "checked", "sampled"]),
  route: z.string(),
  checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
});

const gram = z.strictObject({
  schema: named("gram"),
  method: z.string(),
  gram: z.array(z.array(z.number())),
  standardErrors: z.optional(z.array(z.array(z.number()))),
});

const train = z.looseObject({
  schema: named("train"),
  ...drawn,
  seed: z.int(),
  steps: count,
  batch: count,
  weights: count,
  final: z.looseObject({
    ...final.shape,
    loss: maybe,
    objective: maybe,
    correlation: maybe,
    baselineLoss: z.number(),
    baselineAccuracy: maybe,
    standardError: maybe,
  }),
  curve: z.array(z.looseObject({ step: count, loss: maybe, accuracy: maybe })),
  stepsPerSecond: maybe,
});

const learn = z.looseObject({
  schema: named("learn"),
  ...drawn,
  learner: z.string(),
  queries: z.nullable(count),
  samples: z.nullable(count),
  final,
  recovered: z.unknown(),
  target: z.unknown(),
  exact: z.boolean(),
});

const signal = z.looseObject({
  schema: named("signal"),
  family,
  student: z.string(),
  phi: z.number(),
  standardError: z.number(),
  bound: maybe,
  method: z.string(),
});

const reduce = z.looseObject({
  schema: named("reduce"),
  fittable: z.boolean(),
  colouring: z.nullable(z.array(z.int())),
  network: z.unknown(),
});

/** A line of stderr with `--progress json`; what is said of tasks is there where there are several. */
const progressEvent = z.looseObject({
  event: z.enum(["progress", "notice"]),
  text: z.string(),
  fraction: z.optional(z.number()),
  state: z.optional(z.enum(["started", "running", "done", "kept", "left out", "failed"])),
  id: z.optional(z.string()),
  share: z.optional(z.number()),
  seconds: z.optional(z.number()),
  message: z.optional(z.string()),
  total: z.optional(count),
  ended: z.optional(count),
  failed: z.optional(count),
  running: z.optional(count),
  rate: z.optional(maybe),
  left: z.optional(maybe),
});

const trials = z.looseObject({
  id: z.string(),
  kind: z.string(),
  family: z.string(),
  seed: z.optional(z.nullable(z.int())),
  final_loss: z.optional(maybe),
  final_accuracy: z.optional(maybe),
  final_explained_variance: z.optional(maybe),
  steps: z.optional(z.nullable(count)),
  status: z.string(),
  error: z.optional(z.nullable(z.string())),
});

const curves = z.strictObject({ id: z.string(), step: count, loss: maybe, accuracy: maybe });

/** All kinds, by name; a family's parameters are `parameters:ID`. */
export const documents: Readonly<Record<string, DocumentKind>> = {
  certificate: { what: "what certify writes and verify reads", schema: certificateSchema },
  verification: { what: "what verify --json prints", schema: verification },
  gram: { what: "what gram --json prints", schema: gram },
  train: { what: "what train --json prints", schema: train },
  learn: { what: "what learn --json prints", schema: learn },
  signal: { what: "what signal --json prints", schema: signal },
  reduce: { what: "what reduce --json prints", schema: reduce },
  diagnosis: { what: "what diagnose --json prints", schema: diagnosisSchema },
  hypergraph: { what: "what reduce reads", schema: hypergraphSchema },
  sweep: { what: "the file that sweep reads, as YAML or JSON", schema: fileSchema },
  progress: { what: "a line of stderr with --progress json", schema: progressEvent },
  record: { what: "a finished piece of work in a run folder", schema: recordSchema },
  trials: { what: "a row of the table trials: query, export-runs", schema: trials },
  curves: { what: "a row of the table curves: query, export-runs", schema: curves },
  ...Object.fromEntries(
    everyFamily.map(({ id, schema }) => [`parameters:${id}`, { what: `parameters of ${id}`, schema }]),
  ),
};

/** The JSON Schema (draft 2020-12) of what is written, before defaults are filled in. */
export const jsonSchema = (name: string): z.core.JSONSchema.BaseSchema => ({
  title: `equihard ${name}`,
  description: documents[name].what,
  type: "object", // of one that has two forms, too
  ...z.toJSONSchema(documents[name].schema, { io: "input", unrepresentable: "any" }),
});
