/** What a sweep's file says, checked as a form: names and values are for the plan to check. */

import * as z from "zod/mini";
import { reject, requireChoice } from "../base/errors.ts";
import { fields } from "../base/fields.ts";
import type { Json } from "../base/json.ts";
import { described, integer, parseWith } from "../base/schema.ts";
import type { Located } from "./document.ts";

const largest = Number.MAX_SAFE_INTEGER;
const choices = z.record(z.string(), z.unknown());
const seed = integer(0, largest);

/** A sweep as it is written; names, values and conditions are checked where the file is read. */
export const specSchema = z.strictObject({
  family: described(z.optional(z.string()), "family id, see 'equihard families'"),
  parameters: described(z.optional(choices), "the family's parameters"),
  families: described(
    z.optional(z.record(z.string(), choices)),
    "several families, each with its parameters",
  ),
  learner: described(z._default(z.string(), "gradient-descent"), "learner id, see 'equihard learners'"),
  train: described(z.optional(choices), "options of gradient descent"),
  learn: described(z.optional(choices), "options of another learner"),
  easy: described(z.optional(z.unknown()), "learn the easy twin"),
  seeds: described(
    z._default(z.union([integer(1, 1_000_000), z.array(seed)]), 1),
    "how many seeds from 0 on, or a list",
  ),
  zip: described(z.optional(z.array(z.array(z.string()))), "names whose values go together, one by one"),
  where: described(
    z.optional(z.union([z.string(), z.array(z.string())])),
    "conditions that every trial meets",
  ),
  bisect: described(z.optional(z.unknown()), "a parameter's transition instead of its whole range"),
});

const bisectSchema = z.strictObject({
  over: described(z.string(), "the name whose transition is sought; its values are in order"),
  until: described(z.string(), "the condition that holds beyond the transition"),
  seeds: described(z._default(integer(1, 1000), 5), "trials at a value"),
  interval: described(z._default(z.boolean(), true), "go on outward until 90 % are certain"),
});

/** @see bisectSchema */
export type BisectSpec = z.output<typeof bisectSchema>;
/** The form of a sweep. */
export type SweepSpec = Omit<z.output<typeof specSchema>, "bisect"> & {
  readonly bisect?: BisectSpec | undefined;
};

/** Checks a part of a file; a complaint says where in the file. */
export function checkAt<S extends z.core.$ZodType>(
  schema: S,
  { at }: Pick<Located, "at">,
  value: unknown,
  path: readonly PropertyKey[] = [],
): z.output<S> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const place = path.length === 0 ? "" : `: ${path.map(String).join(".")}`;
  for (const issue of issues)
    if (issue.code === "unrecognized_keys" && issue.path.length === 0)
      requireChoice(
        issue.keys[0],
        fields(schema).map(({ name }) => name),
        `${at([...path, issue.keys[0]])}${place}`,
      );
  const [issue] = issues;
  return parseWith(schema, value, `${at([...path, ...issue.path])}${place}`);
}

/** @throws InputError with line and column */
export function parseSpec(file: Located): SweepSpec {
  const form = checkAt(specSchema, file, file.value);
  const wrong = (field: keyof SweepSpec, what: string, next: string): never =>
    reject({ where: `${file.at([field])}: ${field}`, what, next });
  if (form.family === undefined && form.families === undefined)
    reject({ where: file.at([]), what: "no family named", next: "add family: ID, see 'equihard families'" });
  if (form.families !== undefined && (form.family !== undefined || form.parameters !== undefined))
    wrong("families", "stands beside family or parameters", "name each family once, with its parameters");
  const descends = form.learner === "gradient-descent";
  if (descends && form.learn !== undefined)
    wrong("learn", "is not read by gradient-descent", "call it train");
  if (!descends && form.train !== undefined)
    wrong("train", `is not read by ${form.learner}`, "call it learn");
  const bisect = form.bisect === undefined ? undefined : checkAt(bisectSchema, file, form.bisect, ["bisect"]);
  return { ...form, bisect };
}

const rangeSchema = z.strictObject({
  from: z.number(),
  to: z.number(),
  steps: integer(2, 1_000_000),
  scale: z._default(z.enum(["linear", "log"]), "linear"),
});
const gridSchema = z.strictObject({ grid: z.array(z.json()).check(z.minLength(1), z.maxLength(1_000_000)) });
const listSchema = z.array(z.json()).check(z.minLength(1), z.maxLength(1_000_000));
const fixedSchema = z.union([z.string(), z.number(), z.boolean()]);

/**
 * The values that a name takes in turn: a value, a list, `{grid: [...]}` or `{from, to, steps, scale}`. Ranges of whole
 * numbers are rounded; what is listed twice is taken once.
 */
export function valuesOf(
  raw: unknown,
  file: Located,
  path: readonly PropertyKey[],
  whole: boolean,
): readonly Json[] {
  if (Array.isArray(raw)) return distinct(checkAt(listSchema, file, raw, path));
  if (raw === null || typeof raw !== "object") return [checkAt(fixedSchema, file, raw, path)];
  if ("grid" in raw) return distinct(checkAt(gridSchema, file, raw, path).grid);
  const forms = ["grid", "from", "to", "steps", "scale"];
  for (const name of Object.keys(raw))
    if (!forms.includes(name))
      requireChoice(name, forms, `${file.at([...path, name])}: ${path.map(String).join(".")}`);
  const { from, to, steps, scale } = checkAt(rangeSchema, file, raw, path);
  if (scale === "log" && (from <= 0 || to <= 0))
    reject({
      where: `${file.at(path)}: ${path.join(".")}`,
      what: "a log range from or to 0 or below",
      allowed: "ends above 0",
    });
  const at = (i: number): number => {
    const share = i / (steps - 1);
    if (i === steps - 1) return to;
    return scale === "log" ? from * (to / from) ** share : from + (to - from) * share;
  };
  return distinct(
    Array.from({ length: steps }, (_, i) => (whole ? Math.round(at(i)) : Number(at(i).toPrecision(12)))),
  );
}

const distinct = (values: readonly unknown[]): readonly Json[] => {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value as Json]));
  return [...byText.values()];
};
