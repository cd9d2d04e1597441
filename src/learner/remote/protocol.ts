/**
 * The protocol `equihard.oracle/1` between an oracle and a learner in another program: JSON objects, one a line, on
 * the learner's standard input and output. The oracle speaks first; then the learner asks and each question has one
 * answer. Arrays of numbers are base64 of float32, little-endian, row-major (docs/benchmark.md).
 */

import * as z from "zod/mini";
import { decodeFloats } from "../../base/base64.ts";
import type { JsonObject } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { integer, parseWith } from "../../base/schema.ts";

export const protocolName = "equihard.oracle/1";

/** Characters of a line, from either side. */
export const longestLine = 64 * 2 ** 20;
/** Numbers that one question may ask for, or bring. */
export const mostNumbers = 8_000_000;

/** What a learner may ask. */
const question = z.discriminatedUnion("ask", [
  z.strictObject({ ask: z.literal("examples"), count: integer(1, mostNumbers) }),
  z.strictObject({ ask: z.literal("points"), from: integer(0, mostNumbers), count: integer(1, mostNumbers) }),
  z.strictObject({ ask: z.literal("correlations"), count: integer(1, mostNumbers), values: z.string() }),
  z.strictObject({ ask: z.literal("done") }),
]);
export type Question = z.output<typeof question>;

const predictions = z.strictObject({ predictions: z.string() });

/** Both ends of the line to a learner, whatever it runs in. */
export interface Channel {
  send(message: JsonObject): Promise<void>;
  /** The next message of the learner. @throws InputError where there is none, or it is no JSON object */
  receive(): Promise<unknown>;
}

/** The learner's next question. @throws InputError for what is none */
export function parseQuestion(message: unknown, where: string): Question {
  const kinds = ["examples", "points", "correlations", "done"];
  const ask = (message as { ask?: unknown } | null)?.ask;
  if (typeof ask !== "string" || !kinds.includes(ask))
    reject({ where, what: `asks for ${JSON.stringify(ask) ?? "nothing"}`, allowed: kinds.join(", ") });
  return parseWith(question, message, where);
}

/** Its predictions for so many examples. @throws InputError for another number, and for what is not finite */
export function parsePredictions(message: unknown, count: number, where: string): Float32Array {
  const { predictions: text } = parseWith(predictions, message, where);
  return decodeFloats(text, count, `${where}: predictions`);
}
