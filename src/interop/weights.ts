/** Trained students as safetensors files: the weights by name, and in the metadata what they are the weights of. */

import * as z from "zod/mini";
import type { JsonObject } from "../base/checked.ts";
import { canonicalJson, parseJson } from "../base/json.ts";
import { parseWith } from "../base/schema.ts";
import { sha256 } from "../base/sha256.ts";
import { version } from "../base/version.ts";
import type { TrainedStudent } from "../network/trained.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

const schemaId = "equihard.weights/1";

const texts = z.object({
  schema: z.literal(schemaId),
  family: z.string(),
  params: z.string(),
  student: z.string(),
  architecture: z.string(),
  unit: z.string(),
});
const architectureSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const unitSchema = z.strictObject({ mean: z.number(), sd: z.number().check(z.gt(0)) });
const paramsSchema = z.record(z.string(), z.unknown());

/** A student read from a file. */
export interface StoredStudent extends TrainedStudent {
  /** The file's name, for complaints. */
  readonly file: string;
  /** Of the file's bytes: what records of a run that started from it name. */
  readonly sha256: string;
}

/**
 * A trained student (`TrainRun.trained`) as the bytes of a safetensors file.
 *
 * Each weight is a float32 tensor of its shape. The metadata are texts: `schema`, `family`, `params` (JSON), `student`,
 * `architecture` (JSON), `unit` (JSON: mean and sd; the network predicts (label - mean) / sd) and `version`. Equal
 * students give equal bytes, and `loadWeights` gives back the same student, bit for bit.
 * @throws InputError where weights do not fill their shapes
 */
export function saveWeights(trained: TrainedStudent): Uint8Array {
  const { family, student, architecture, unit, shapes, weights } = trained;
  const tensors = Object.entries(shapes).map(
    ([name, shape]) => [name, { shape, data: weights[name] }] as const,
  );
  return writeSafetensors({
    tensors: new Map(tensors),
    metadata: {
      schema: schemaId,
      family: family.id,
      params: canonicalJson(family.params),
      student,
      architecture: canonicalJson(architecture),
      unit: canonicalJson(unit),
      version,
    },
  });
}

/**
 * A student from the bytes of a file that `saveWeights` or `train --weights` made, to start a training from
 * (`TrainJob.start`). Tensors of other floats are taken as the nearest float32.
 * @param where the file's name, for complaints
 * @throws InputError for what is no safetensors file, or one without the metadata of a student
 */
export function loadWeights(bytes: Uint8Array, where = "weights"): StoredStudent {
  const { tensors, metadata } = readSafetensors(bytes, where);
  const of = `${where}: metadata`;
  const { family, student, ...given } = parseWith(texts, metadata, of);
  const json = (name: keyof typeof given): unknown => parseJson(given[name], `${of}: ${name}`);
  return {
    family: { id: family, params: parseWith(paramsSchema, json("params"), of) as JsonObject },
    student,
    architecture: parseWith(architectureSchema, json("architecture"), of),
    unit: parseWith(unitSchema, json("unit"), of),
    shapes: Object.fromEntries([...tensors].map(([name, { shape }]) => [name, shape])),
    weights: Object.fromEntries([...tensors].map(([name, { data }]) => [name, Float32Array.from(data)])),
    file: where,
    sha256: sha256(bytes),
  };
}
