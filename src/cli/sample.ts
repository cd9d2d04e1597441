/** `sample FAMILY`: a few labelled examples, for people. */

import * as z from "zod/mini";
import { described, integer } from "../base/schema.ts";
import { chunk, chunkRows, type Source } from "../dataset/examples.ts";
import { degreesOf } from "../distribution/erdos-renyi.ts";
import { isGraphs, sizeOf, slice } from "../distribution/samples.ts";
import type { Samples } from "../distribution/law.ts";
import {
  addFields,
  addSeed,
  familyCommand,
  familyParams,
  newCommand,
  parseOptions,
  parseSeed,
} from "./command.ts";
import { brief, print, type OutputOptions } from "./io.ts";
import { drawGraph, drawNumbers } from "./drawn-example.ts";

const schema = z.strictObject({
  count: described(z._default(integer(1, 1000), 3), "examples to print"),
});

/** An example as JSON has it: `A` or `X` in nested lists, with the degrees of a graph. */
interface Example {
  readonly A?: unknown;
  readonly X?: unknown;
  readonly degrees?: readonly number[];
  readonly y: number;
}

export async function run(args: readonly string[]): Promise<number> {
  const command = addSeed(
    newCommand(
      "sample",
      "A few labelled examples of one drawn instance: the first that 'export' writes.",
      "equihard sample gnn-degree-parity --n 8",
    ),
  ).option("--easy", "labels of the easy twin of the same hidden parameters");
  addFields(command, schema);
  const named = await familyCommand(command, args);
  if (named === null) return 0;
  const { family, parsed } = named;
  const flags = parsed.opts<OutputOptions & { easy?: boolean; count?: string }>();
  const { count, ...own } = flags; // elsewhere it counts a family's listed members, which no example depends on
  const params = familyParams(family, own as Record<string, unknown>);
  const wanted = parseOptions(schema, { count }).count;
  const seed = parseSeed(flags as Record<string, unknown>);
  const { drawInstance } = await import("../family/draw.ts");
  const instance = drawInstance(family, params, seed);
  const source: Source = { family, instance, easy: flags.easy ?? false, seed };
  const { samples, labels } = first(source, wanted);
  const document = {
    schema: "equihard.sample/1",
    family: { id: family.id, params: params.json },
    instance: { ...instance.hidden, ...instance.facts },
    easy: source.easy,
    seed,
    examples: Array.from(labels, (y, i) => exampleOf(slice(samples, i, i + 1), y)),
  };
  print(flags, document, () =>
    [
      ...Array.from(labels, (y, i) => textOf(slice(samples, i, i + 1), y, i)),
      `labels of the ${source.easy ? "easy twin" : "hard target"}, hidden ${brief(instance.hidden)}`,
    ].join("\n\n"),
  );
  return 0;
}

/** The first examples of the data set without splits. */
function first(source: Source, count: number): { samples: Samples; labels: number[] } {
  const rows = chunkRows(source);
  const parts = Array.from({ length: Math.ceil(count / rows) }, (_, i) => chunk(source, "", i));
  const labels = parts.flatMap((part) => Array.from(part.labels)).slice(0, count);
  return { samples: slice(joined(parts.map((part) => part.samples)), 0, count), labels };
}

function joined(parts: readonly Samples[]): Samples {
  if (parts.length === 1) return parts[0];
  const size = sizeOf(parts[0]);
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const graphs = isGraphs(parts[0]);
  const data = graphs ? new Uint8Array(count * size) : new Float32Array(count * size);
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { count, shape: parts[0].shape, data };
}

function exampleOf(one: Samples, y: number): Example {
  const value = nested(Array.from(one.data), one.shape);
  return isGraphs(one) ? { A: value, degrees: Array.from(degreesOf(one)), y } : { X: value, y };
}

/** A flat list as lists of lists, by the shape. */
function nested(entries: readonly number[], shape: readonly number[]): unknown {
  if (shape.length <= 1) return entries;
  const size = entries.length / shape[0];
  return Array.from({ length: shape[0] }, (_, i) =>
    nested(entries.slice(i * size, (i + 1) * size), shape.slice(1)),
  );
}

function textOf(one: Samples, y: number, number: number): string {
  const label = Number.isInteger(y) ? y.toFixed(0) : y.toPrecision(5);
  const head = `example ${number}: y = ${y > 0 ? "+" : ""}${label}`;
  const drawn = isGraphs(one)
    ? drawGraph(one.data, degreesOf(one), one.shape[0])
    : drawNumbers(one.data, one.shape);
  return [head, ...drawn].join("\n");
}
