/** Builds commands on commander: options derived from schemas, errors as one line, exit code 2. */

import * as z from "zod/mini";
import { Command, CommanderError, Option } from "commander";
import { InputError, nearest, reject } from "../base/errors.ts";
import { fields, type Field } from "../base/fields.ts";
import { optionFlag } from "../base/options.ts";
import { parseWith } from "../base/schema.ts";
import type { Family } from "../family/family.ts";
import { readText } from "./io.ts";
import { writeOut } from "./streams.ts";

/** Columns of `--help`, on every terminal: most of it is written down by the build. */
const HELP_WIDTH = 80;

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
    .configureOutput({ writeOut, writeErr: () => {}, getOutHelpWidth: () => HELP_WIDTH });
}

function optionOf(field: Field): Option {
  const flag = optionFlag(field.name);
  const list = field.type === "array";
  const form = list ? "a,b,..." : (field.choices?.join("|") ?? field.type);
  const value = field.type === "boolean" ? "" : ` <${form}>`;
  const limits = field.allowed === "" || field.choices ? "" : ` (${field.allowed})`;
  const preset = field.default === undefined || field.default === false ? "" : ` [${String(field.default)}]`;
  const option = new Option(`${flag}${value}`, `${field.description}${limits}${preset}`);
  return list
    ? option.argParser((text, before) => (before === undefined ? text : listedTwice(flag)))
    : option;
}

/** Of scalars the last one counts, as in `npm start -- --scale laptop`; of two lists a user may mean both. */
const listedTwice = (flag: string): never =>
  reject({ where: flag, what: "given twice", allowed: "one list, its entries separated by commas" });

/** Adds one option a schema field; of a name that the command has already, its own stays. */
export function addFields(command: Command, schema: z.core.$ZodType): void {
  const own = command.options.map(({ long }) => long);
  for (const field of fields(schema))
    if (!own.includes(optionFlag(field.name))) command.addOption(optionOf(field));
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

/** The options of a schema that were given, checked, without defaults: what is read is for the reader to say. */
export function givenOptions<S extends z.core.$ZodType>(
  schema: S,
  options: Record<string, unknown>,
): Partial<z.output<S>> {
  const given = collect(schema, options);
  const checked = asOptions(() => parseWith(schema, given)) as Record<string, unknown>;
  return Object.fromEntries(Object.keys(given).map((name) => [name, checked[name]])) as Partial<z.output<S>>;
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
    return failAsOption(error);
  }
}

/** Throws the error again; a problem's field is named as its option. */
export function failAsOption(error: unknown): never {
  if (!(error instanceof InputError) || error.problem.where === undefined) throw error;
  const { where } = error.problem;
  const option = /^[a-z][A-Za-z]*(\.\d+)?$/.test(where) ? optionFlag(where.replace(/\.\d+$/, "")) : where;
  throw new InputError({ ...error.problem, where: option });
}

/**
 * Refuses what a shell makes of an unset variable (`--out=`), and an option that was taken for the value of another.
 */
function requireValue(option: Option): void {
  const { long, parseArg } = option;
  option.argParser((value: string, before: unknown) => {
    if (value.trim() === "") reject({ where: long ?? "", what: "its value is empty" });
    if (value.startsWith("--")) reject({ where: long ?? "", what: `no value, but the option ${value}` });
    return parseArg === undefined ? value : parseArg(value, before);
  });
}

/** Parses arguments; commander's own complaints become one-line problems. Null after printing help. */
export function parseArguments(command: Command, args: readonly string[]): Command | null {
  for (const option of command.options) if (option.required) requireValue(option);
  try {
    const parsed = command.parse(args as string[], { from: "user" });
    if (parsed.args.some((a) => a.trim() === ""))
      reject({ where: nameOf(command), what: "an argument is empty" });
    return parsed;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed" || error.code === "commander.version") return null;
    const what = error.message.replace(/^error: /, "");
    const unknown = /unknown option '([^']+)'/.exec(what)?.[1];
    if (unknown !== undefined) return rejectUnknown(unknown, command, command.options);
    return reject({ what, next: `see '${command.name()} --help'` });
  }
}

/** The command word: `certify` of `equihard certify`. */
const nameOf = (command: Command): string => command.name().replace(/^equihard /, "");

function rejectUnknown(flag: string, command: Command, known: readonly Option[]): never {
  const close = nearest(
    flag,
    known.map((o) => o.long ?? ""),
  );
  return reject({
    what: `unknown option '${flag}'`,
    next: close === undefined ? `see '${command.name()} --help'` : `did you mean "${close}"?`,
  });
}

/**
 * Where the family is named among `args`, -1 if nowhere: options may stand before it, those of any family included,
 * which take values or do not in every family alike. What follows an unknown option may be its value, so that is
 * refused here.
 * @param others further options that may stand before the name
 */
export async function familyIndex(
  command: Command,
  args: readonly string[],
  others: readonly Option[] = [],
): Promise<number> {
  if (args[0]?.startsWith("-") === false) return 0;
  const { everyFamily } = await import("../family/neighbours.ts");
  const known = [
    ...command.options,
    ...others,
    ...everyFamily.flatMap((f) => fields(f.schema).map((field) => optionOf(field))),
  ];
  for (let i = 0; i < args.length; i++) {
    if (!args[i].startsWith("-")) return i;
    const [flag, value] = args[i].split("=", 2);
    if (flag === "--help" || flag === "-h") continue;
    const option = known.find((o) => o.long === flag) ?? rejectUnknown(flag, command, known);
    if (option.required && value === undefined) i++;
  }
  return -1;
}

/**
 * The family that the arguments name, with its parameters added as options; null after printing help.
 * @param adapt adds what else depends on the family
 */
export async function familyCommand(
  command: Command,
  args: readonly string[],
  adapt?: (family: Family) => void,
): Promise<{ family: Family; parsed: Command } | null> {
  command.argument("[family]", "family id, see 'equihard families'");
  const at = await familyIndex(command, args);
  if (at < 0) {
    command.addHelpText("after", "\nThe family's own parameters: equihard families FAMILY");
    if (!args.some((a) => a === "--help" || a === "-h"))
      reject({ where: nameOf(command), what: "no family named", next: "see 'equihard families'" });
    parseArguments(command, ["--help"]);
    return null;
  }
  const { loadFamily } = await import("../family/built-in.ts");
  const family = await loadFamily(args[at]);
  addFields(command, family.schema);
  adapt?.(family);
  const parsed = parseArguments(command, args);
  return parsed === null ? null : { family, parsed };
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
