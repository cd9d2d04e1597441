/** `score FILE`: grades predictions against labels that are derived from a seed. */

import { randomInt } from "node:crypto";
import * as z from "zod/mini";
import { parse as parsePath } from "node:path";
import { reject } from "../base/errors.ts";
import { refuseUnread } from "../base/options.ts";
import { parseWith } from "../base/schema.ts";
import { commitment } from "../dataset/commitment.ts";
import type { ScoreDocument } from "../suite/document.ts";
import type { Scored, Spent, Task } from "../suite/score.ts";
import type { Own } from "../suite/own.ts";
import type { Predictions } from "../suite/predictions.ts";
import { addFields, addSeed, givenOptions, newCommand, parseArguments, parseSeed } from "./command.ts";
import {
  notice,
  print,
  readBytes,
  readJson,
  writeOutFile,
  requireWritable,
  type OutputOptions,
} from "./io.ts";
import { scoreMarkdown, scoreText } from "./score-text.ts";

interface Flags extends OutputOptions {
  readonly data?: string;
  readonly seed?: string;
  readonly commit?: boolean;
  readonly list?: boolean;
  readonly board?: boolean;
  readonly learner?: string;
  readonly entries?: string;
  readonly name?: string;
  readonly out?: string;
}

/** The options of a budget that a score is held against, and those of a learner of ours. */
async function schemas() {
  const { budgetSchema } = await import("../query/budget.ts");
  const { learnSchema } = await import("../learner/learner.ts");
  return {
    budget: z.partial(z.pick(budgetSchema, { steps: true, parameters: true, batch: true })),
    learning: z.partial(z.pick(learnSchema, { student: true, samples: true })),
  };
}

export async function run(args: readonly string[]): Promise<number> {
  const { budget, learning } = await schemas();
  const command = addSeed(
    newCommand(
      "score",
      "Grades predictions of the suite's test splits, or of one data set. Self-graded: labels follow from the seed.",
      "equihard score predictions.npz --data data.manifest.json",
    ),
  )
    .option(
      "--data <manifest>",
      "the data set predicted, by its manifest (absent: the suite, arrays named as --list has)",
    )
    .option("--list", "the suite's entries, with the command that exports each")
    .option("--commit", "draw a secret seed and print it with its commitment, for 'export --blind'")
    .option("--name <text>", "who predicted (absent: the file's name)")
    .option("--learner <id>", "grade one of our own learners on the suite instead of a file")
    .option("--entries <names>", "with --learner: entries of the suite that begin so, separated by commas")
    .option("--board", "a page of scores: our own learners', and those of the files that --json printed")
    .option("--out <file>", "also write a page in Markdown; with --board the page, HTML")
    .argument("[files...]", "npz, npy or Parquet: one array or column of predictions for each test split");
  addFields(command, budget);
  addFields(command, learning);
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const flags = parsed.opts<Flags>();
  if (flags.commit === true) return commit(flags);
  if (flags.list === true) return list(flags);
  if (flags.board === true) return (await import("./score-board.ts")).writeBoard(parsed.args, flags);
  const spent = spentOf(givenOptions(budget, flags as Record<string, unknown>));
  if (flags.out !== undefined) requireWritable(flags.out);
  const options = givenOptions(learning, flags as Record<string, unknown>);
  const document = await scoreDocumentOf(parsed.args, flags, spent, options);
  if (flags.out !== undefined) writeOutFile(flags.out, scoreMarkdown(document));
  print(flags, document, () => scoreText(document));
  return 0;
}

function spentOf({ steps, parameters, batch }: Partial<Spent>): Spent | null {
  if (steps === undefined && parameters === undefined && batch === undefined) return null;
  if (steps === undefined || parameters === undefined)
    return reject({
      where: "score",
      what: "a budget is steps and weights",
      next: "give --steps and --parameters",
    });
  return { steps, parameters, ...(batch === undefined ? {} : { batch }) };
}

async function scoreDocumentOf(
  [path, more]: readonly string[],
  flags: Flags,
  spent: Spent | null,
  options: Own["options"],
): Promise<ScoreDocument> {
  const { scoreDocument } = await import("../suite/document.ts");
  const { learner, data, entries, name } = flags;
  if (learner !== undefined) {
    refuseUnread({ data, ...spent }, [], "score --learner");
    if (path !== undefined)
      reject({ where: path, what: "a file beside --learner", next: "give one of them" });
    const { ownName } = await import("../suite/own.ts");
    const { scoreOwn } = await import("./score-learner.ts");
    const own = { learner, options };
    const scored = await scoreOwn(own, parseSeed(flags as Record<string, unknown>), entries, flags);
    return scoreDocument(name ?? ownName(own), scored, true);
  }
  refuseUnread({ entries, ...options }, [], "score without --learner");
  if (path === undefined)
    return reject({
      where: "score",
      what: "no file of predictions named",
      next: "see 'equihard score --help'",
    });
  if (more !== undefined) reject({ where: "score", what: "more than one file", next: "one run a file" });
  const scored =
    data === undefined
      ? await scoreSuite(path, parseSeed(flags as Record<string, unknown>), spent)
      : await scoreData(path, taskOf(data, flags), flags, spent);
  return scoreDocument(name ?? parsePath(path).name, scored, data === undefined);
}

function commit(flags: Flags): number {
  const seed = randomInt(2 ** 47) * 64 + randomInt(64);
  const document = { schema: "equihard.commitment/1", seed, commitment: commitment(seed) };
  print(flags, document, () =>
    [
      `seed ${seed}: keep it to yourself until the predictions are in`,
      `commitment ${document.commitment}: publish it now`,
      `next: equihard export FAMILY --seed ${seed} --splits train:N,test:N --blind`,
    ].join("\n"),
  );
  return 0;
}

async function list(flags: Flags): Promise<number> {
  const { suite, suiteVersion, testExamples } = await import("../suite/suite.ts");
  const { optionWords } = await import("../base/options.ts");
  const entries = suite.map((entry) => {
    const easy = entry.easy ? ["--easy"] : [];
    const words = ["equihard export", entry.family, ...optionWords(entry.params), ...easy];
    const splits = `--splits train:100000,test:${testExamples}`;
    return { ...entry, export: [...words, splits, `--out ${entry.name}.npz`].join(" ") };
  });
  print(flags, { schema: "equihard.suite/1", suite: suiteVersion, testExamples, entries }, () =>
    entries.map((entry) => `${entry.name.padEnd(34)} ${entry.export}`).join("\n"),
  );
  return 0;
}

/** @param count how many predictions an array has, @param arrays how many arrays a file */
async function predictionsIn(path: string, count: number, arrays: number): Promise<Predictions> {
  const { mostBytes, openPredictions } = await import("../suite/predictions.ts");
  return openPredictions(readBytes(path, mostBytes(count * arrays)), path, count);
}

async function scoreSuite(where: string, seed: number, spent: Spent | null): Promise<Scored[]> {
  const { suite, testExamples } = await import("../suite/suite.ts");
  const file = await predictionsIn(where, testExamples, suite.length);
  const { score } = await import("../suite/score.ts");
  const known = suite.filter(({ name }) => file.names.includes(name));
  const stray = file.names.find((name) => !suite.some((entry) => entry.name === name) && name !== "meta");
  if (stray !== undefined)
    reject({
      where,
      what: `"${stray.slice(0, 60)}" is no entry of the suite`,
      next: "see 'equihard score --list', or name the data set with --data",
    });
  if (known.length === 0)
    reject({ where, what: "holds no predictions", next: "see 'equihard score --list'" });
  const scored: Scored[] = [];
  for (const { name, family, params, easy } of known)
    scored.push(
      await score(name, { family, params, easy, seed, test: testExamples }, await file.read(name), spent),
    );
  return scored;
}

const manifestSchema = z.object({
  schema: z.literal("equihard.dataset/1"),
  family: z.object({ id: z.string(), params: z.record(z.string(), z.json()) }),
  easy: z.boolean(),
  seed: z.nullable(z.int()),
  commitment: z.optional(z.string()),
  splits: z.array(z.object({ name: z.string(), count: z.int() })),
});

/** The task of a manifest. @throws InputError for a seed that is not the one that was committed to */
function taskOf(path: string, flags: Flags): Task {
  const manifest = parseWith(manifestSchema, readJson(path, 2 ** 20), path);
  const { family, easy, splits } = manifest;
  const test = splits.find(({ name }) => name === "test") ?? splits.find(({ name }) => name === "");
  if (test === undefined || test.count < 2 || test.count > 100_000_000)
    return reject({ where: path, what: "has no test split", allowed: "2 to 100000000 examples" });
  const given = flags.seed === undefined ? undefined : parseSeed(flags as Record<string, unknown>);
  if (manifest.seed !== null && given !== undefined && given !== manifest.seed)
    reject({ where: "--seed", what: `${given} is not the data set's ${manifest.seed}` });
  const seed = manifest.seed ?? given;
  if (seed === undefined)
    return reject({ where: path, what: "the seed is kept back", next: "once it is revealed: --seed N" });
  if (manifest.commitment !== undefined && commitment(seed) !== manifest.commitment)
    reject({ where: "--seed", what: `${seed} is not the seed that was committed to` });
  return { family: family.id, params: family.params, easy, seed, test: test.count };
}

async function scoreData(where: string, task: Task, flags: Flags, spent: Spent | null): Promise<Scored[]> {
  const { score } = await import("../suite/score.ts");
  const file = await predictionsIn(where, task.test, 1);
  const name =
    file.names.find((n) => n === "y_pred") ?? (file.names.length === 1 ? file.names[0] : undefined);
  if (name === undefined)
    return reject({
      where,
      what: `${file.names.length} arrays, none named y_pred`,
      allowed: "y_pred, or one array only",
    });
  if (flags.seed !== undefined) notice(flags, "the revealed seed is the one that was committed to");
  return [await score(`${task.family}.${task.easy ? "easy" : "hard"}`, task, await file.read(name), spent)];
}
