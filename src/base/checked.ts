/**
 * Parameters that are parsed once. `parse` turns what a user gave into a checked value, which carries the objects that
 * names stand for (a group, a graph) beside the JSON that records hold; everything below takes that value and nothing
 * else.
 */

import type * as z from "zod/mini";
import { reject } from "./errors.ts";
import type { Json } from "./json.ts";
import { parseWith } from "./schema.ts";

/** What stands between braces in a document. */
export type JsonObject = Readonly<Record<string, Json>>;

/** The text of a file that a parameter names. */
export type ReadFile = (name: string) => string;

const mark = Symbol("checked");

/** Only `checked` makes one, so that having it proves that the owner's `parse` has accepted it. */
export interface Checked<V = unknown> {
  /** Id of the family, or other owner, whose parameters these are. */
  readonly [mark]: string;
  /** As records and certificates hold them: parsing this again gives an equal value, without any file. */
  readonly json: JsonObject;
  /** What is computed with. */
  readonly values: V;
}

/**
 * A checked value, made once everything about it has been tested.
 * @param owner id of what it belongs to: only that takes it back
 * @param json the parameters in full, as records hold them
 * @param values what they stand for: numbers, groups, graphs
 */
export const checked = <V>(owner: string, json: JsonObject, values: V): Checked<V> => ({
  [mark]: owner,
  json,
  values,
});

export const isChecked = (value: unknown): value is Checked =>
  typeof value === "object" && value !== null && mark in value;

/**
 * The `parse` of an owner of parameters.
 * @param schema form and defaults; its output is the JSON, unless `resolve` says otherwise
 * @param resolve from that to what is computed with; rejects what a schema cannot see. Files are read by `readFile`,
 * absent where there are none, and become part of the JSON.
 * @returns a function that leaves values it has checked before as they are
 */
export function parserOf<J extends object, V>(
  owner: string,
  schema: z.core.$ZodType<J>,
  resolve: (given: J, readFile?: ReadFile) => { readonly json?: object; readonly values: V },
): (input: unknown, readFile?: ReadFile) => Checked<V> {
  return (input, readFile) => {
    if (isChecked(input)) {
      if (input[mark] !== owner)
        reject({
          where: owner,
          what: `given the parameters of ${input[mark]}`,
          allowed: "its own, from its parse",
        });
      return input as Checked<V>;
    }
    const given = parseWith(schema, input);
    const { json, values } = resolve(given, readFile);
    return checked(owner, (json ?? given) as JsonObject, values);
  };
}
