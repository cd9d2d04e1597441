/** The document that `diagnose` prints. */

import * as z from "zod/mini";
import type { Diagnosis } from "./diagnose.ts";

const number = z.number();
const count = z.int().check(z.gte(0));
const maybe = z.nullable(number);
const transform = z.enum(["label", "square", "abs", "sign", "threshold"]);

const test = z.strictObject({
  transform,
  degree: count,
  functions: count,
  products: count,
  examples: count,
  overlapping: z.boolean(),
  share: number,
  low: number,
  high: number,
  p: number,
  adjusted: number,
  seen: z.boolean(),
  detectable: maybe,
});

const learner = z.strictObject({
  id: z.string(),
  summary: z.string(),
  statistic: z.enum(["correlations", "transformed labels", "neighbours"]),
  explained: maybe,
  standardError: maybe,
  p: number,
  adjusted: number,
  learned: z.boolean(),
  note: z.string(),
});

const invariance = z.strictObject({
  degree: count,
  examples: count,
  subgroups: z.array(
    z.strictObject({
      name: z.string(),
      order: z.string(),
      label: number,
      p: number,
      adjusted: number,
      inputs: number,
      verdict: z.enum(["fits", "rejected", "unclear"]),
    }),
  ),
  fits: z.nullable(z.string()),
  informative: z.boolean(),
  orbitPairs: z.nullable(
    z.strictObject({ pairs: count, differing: count, limits: z.tuple([number, number]) }),
  ),
});

/** What `diagnose --json` prints. */
export const diagnosisSchema = z.strictObject({
  schema: z.literal("equihard.diagnosis/1"),
  file: z.string(),
  data: z.strictObject({
    kind: z.enum(["vectors", "graphs"]),
    label: z.string(),
    examples: count,
    total: count,
    shape: z.array(count),
    padded: count,
    coordinates: count,
  }),
  group: z.strictObject({ name: z.string(), order: z.string() }),
  seed: count,
  level: number,
  degree: count,
  limit: z.nullable(z.string()),
  tests: z.array(test),
  learners: z.array(learner),
  exponents: z.strictObject({
    information: z.nullable(count),
    generative: z.nullable(count),
    by: z.nullable(transform),
  }),
  verdict: z.strictObject({
    kind: z.enum(["visible", "another-statistic", "cannot-tell"]),
    statistic: z.nullable(z.enum([...transform.options, "neighbours"])),
    degree: z.nullable(count),
    words: z.array(z.string()),
  }),
  invariance,
});

export const documentOf = (
  file: string,
  diagnosis: Diagnosis,
): Diagnosis & { schema: string; file: string } => ({
  schema: "equihard.diagnosis/1",
  file,
  ...diagnosis,
});
