/** Builds commands on commander: options derived from schemas, errors as one line, exit code 2. */

import { Command, CommanderError, Option } from "commander";
import * as z from "zod/mini";
import { InputError, nearest, reject } from "../base/errors.ts";
import { fields, parseWith, type Field } from "../base/schema.ts";
import type { Family } from "../family/family.ts";
import { readText } from "./io.ts";
import { writeOut } from "./streams.ts";

export const kebab = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

/** A command with the options all share; `example` and units are shown by `--help`. */
export function newCommand(name: string, summary: string, example: string): Command {
  return new Command(`equihard ${name}`)
    .description(summary)
    .option("--json", "print one JSON document on stdout")
    .option("--quiet", "no progress")
    .addOption(new Option("--progress <kind>", "progress on stderr").choices(["text", "json"]))
    .addHelpText("after", `\nExample:\n  ${example}`)
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut, writeErr: () => {} });
}

function addField(command: Command, field: Field): void {
  const flag = `--${kebab(field.name)}`;
  const list = field.type === "array";
  const value =
    field.type === "boolean"
      ? ""
      : ` <${list ? "a,b,..." : field.choices ? field.choices.join("|") : field.type}>`;
  const limits = field.allowed === "" || field.choices ? "" : ` (${field.allowed})`;
  const preset = field.default === undefined || field.default === false ? "" : ` [${String(field.default)}]`;
  command.addOption(new Option(`${flag}${value}`, `${field.description}${limits}${preset}`));
}

/** Adds one option a schema field. */
export function addFields(command: Command, schema: z.core.$ZodType): void {
  for (const field of fields(schema)) addField(command, field);
}

const scalar = (text: string): unknown => {
  const number = text.trim() === "" ? NaN : Number(text);
  return Number.isNaN(number) ? text : number;
};

/** The raw option values of a schema's fields, as JSON values for the schema to check. */
export function collect(schema: z.core.$ZodType, options: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const field of fields(schema)) {
    const raw = options[field.name];
    if (raw === undefined) continue;
    if (typeof raw !== "string") out[field.name] = raw;
    else if (field.type === "array") out[field.name] = raw.trim() === "" ? [] : raw.split(",").map(scalar);
    else out[field.name] = field.type === "integer" || field.type === "number" ? scalar(raw) : raw;
  }
  return out;
}

/** Parses options by a schema; problems name the option. */
export function parseOptions<S extends z.core.$ZodType>(
  schema: S,
  options: Record<string, unknown>,
): z.output<S> {
  return asOptions(() => parseWith(schema, collect(schema, options)));
}

/** Runs `parse`, naming fields in problems as options: `n` becomes `--n`. */
export function asOptions<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof InputError) || error.problem.where === undefined) throw error;
    const { where } = error.problem;
    const option = /^[a-z][A-Za-z]*(\.\d+)?$/.test(where) ? `--${kebab(where.replace(/\.\d+$/, ""))}` : where;
    throw new InputError({ ...error.problem, where: option });
  }
}

/** Parses arguments; commander's own complaints become one-line problems. Null after printing help. */
export function parseArguments(command: Command, args: readonly string[]): Command | null {
  try {
    return command.parse(args as string[], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed" || error.code === "commander.version") return null;
    const what = error.message.replace(/^error: /, "");
    const unknown = /unknown option '([^']+)'/.exec(what)?.[1];
    const known = command.options.map((o) => o.long ?? "");
    const close = unknown === undefined ? undefined : nearest(unknown, known);
    return reject({
      what,
      next: close === undefined ? `see '${command.name()} --help'` : `did you mean "${close}"?`,
    });
  }
}

/** The family named by the first argument, with its parameters added as options. */
export async function familyCommand(
  command: Command,
  args: readonly string[],
): Promise<{ family: Family | undefined; parsed: Command | null }> {
  command.argument("<family>", "family id, see 'equihard families'");
  const first = args[0];
  if (first === undefined || first.startsWith("-")) {
    command.addHelpText("after", "\nThe family's own parameters: equihard families FAMILY");
    return { family: undefined, parsed: parseArguments(command, args) };
  }
  const { familyById } = await import("../family/registry.ts");
  const family = familyById(first);
  addFields(command, family.schema);
  return { family, parsed: parseArguments(command, args) };
}

/** The family's checked parameters from the command's options. */
export const familyParams = (family: Family, options: Record<string, unknown>) =>
  asOptions(() => family.parse(collect(family.schema, options), readText));

/** Reads `--seed`. */
export const seedSchema = z.strictObject({
  seed: z._default(z.int().check(z.gte(0), z.lte(Number.MAX_SAFE_INTEGER)), 0),
});

export const addSeed = (command: Command): Command =>
  command.option("--seed <integer>", "fixes everything drawn (0 or more) [0]");
export const parseSeed = (options: Record<string, unknown>): number => parseOptions(seedSchema, options).seed;
