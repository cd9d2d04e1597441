/** `export FAMILY`: data sets, teachers and kept students for other frameworks. */

import * as z from "zod/mini";
import { reject, requireChoice } from "../base/errors.ts";
import { refuseUnread } from "../base/options.ts";
import { described, integer } from "../base/schema.ts";
import type { GraphForm } from "../dataset/parquet.ts";
import type { StudentOptions } from "../family/family.ts";
import { trainSchema } from "../learner/training-options.ts";
import { yesFlag } from "./consent.ts";
import {
  addFields,
  addSeed,
  familyCommand,
  familyParams,
  givenOptions,
  newCommand,
  parseSeed,
} from "./command.ts";
import type { OutputOptions } from "./io.ts";

const formats = ["npz", "parquet", "onnx", "safetensors"] as const;
export type Format = (typeof formats)[number];

/** Defaults of what the options of a data set leave out. */
export const defaultSamples = 10_000;

const dataSchema = z.strictObject({
  samples: described(
    z.optional(integer(1, 1_000_000_000)),
    `number of examples of a data set without splits (absent: ${defaultSamples})`,
  ),
  splits: described(z.optional(z.string()), "train:N,valid:N,test:N, some of them: examples of each part"),
  graphs: described(
    z.optional(z.enum(["dense", "edges", "graph6"])),
    "graphs in Parquet: n x n zeros and ones, two lists of nodes, or text (absent: dense)",
  ),
  blind: described(
    z.optional(z.boolean()),
    "keep back the seed (its SHA-256 is written instead) and the labels of the test split",
  ),
});

/** The options that choose a student class and its sizes. */
export const studentSchema = z.pick(trainSchema, {
  student: true,
  layers: true,
  width: true,
  readoutLayers: true,
  pool: true,
});

export interface ExportFlags extends OutputOptions {
  readonly format?: string;
  readonly layout?: string;
  readonly out?: string;
  readonly from?: string;
  readonly easy?: boolean;
  readonly yes?: boolean;
}

/** What a data set is asked to be. */
export interface DataOptions {
  readonly samples?: number | undefined;
  readonly splits?: string | undefined;
  readonly graphs?: GraphForm | undefined;
  readonly blind?: boolean | undefined;
}

export async function run(args: readonly string[]): Promise<number> {
  const command = addSeed(
    newCommand(
      "export",
      "A data set of one instance, its teacher or a kept student, for other frameworks.",
      "equihard export gnn-degree-parity --n 8 --format npz --splits train:8000,valid:1000,test:1000 --out data.npz",
    ),
  )
    .option(
      "--format <kind>",
      `${formats.join("|")}: data as npz or parquet, weights as onnx or safetensors [npz]`,
    )
    .option(
      "--layout <kind>",
      "hf: a folder with README, data/*.parquet, Croissant metadata and Croissant Tasks",
    )
    .option("--out <file>", "what to write [FAMILY.FORMAT; with --layout hf a folder, FAMILY]")
    .option("--easy", "the easy twin of the same hidden parameters")
    .option(
      "--from <file>",
      "a student kept by 'train --weights' (absent: the teacher, which is the hard target)",
    )
    .option(...yesFlag);
  addFields(command, dataSchema);
  addFields(command, studentSchema);
  const named = await familyCommand(command, args);
  if (named === null) return 0;
  const { family, parsed } = named;
  const flags = parsed.opts<ExportFlags>();
  const format = formatOf(flags);
  const params = familyParams(family, flags as Record<string, unknown>);
  const data = givenOptions(dataSchema, flags as Record<string, unknown>);
  const student = givenOptions(studentSchema, flags as Record<string, unknown>);
  const { drawInstance } = await import("../family/draw.ts");
  const seed = parseSeed(flags as Record<string, unknown>);
  const source = {
    family,
    instance: drawInstance(family, params, seed),
    easy: flags.easy ?? false,
    seed,
  };
  const reader = `--format ${format}`;
  if (format === "npz" || format === "parquet") {
    refuseUnread({ ...student, from: flags.from }, [], reader);
    const own = format === "npz" ? { graphs: data.graphs } : {};
    refuseUnread(own, [], reader);
    const { exportData } = await import("./export-data.ts");
    return exportData(source, { ...data, format, layout: flags.layout }, flags);
  }
  refuseUnread({ ...data, layout: flags.layout }, [], reader);
  const { exportNetwork } = await import("./export-network.ts");
  return exportNetwork(source, format, student as Partial<StudentOptions>, flags);
}

function formatOf({ format, layout }: ExportFlags): Format {
  if (layout === undefined) return requireChoice(format ?? "npz", formats, "--format");
  requireChoice(layout, ["hf"], "--layout");
  if (format !== undefined && format !== "parquet")
    reject({ where: "--format", what: `${format} is not what --layout hf holds`, allowed: "parquet" });
  return "parquet";
}
