/**
 * Our own learners and students on the suite, hours on two cores for all of them: what `score --board` shows first.
 *
 *     node scripts/suite.mjs [--minutes N] [SUBMISSION...]
 *
 * Entries without a grade are graded, small sizes first, and kept one by one, so that a later run goes on where this
 * one ends; a submission whose line is taken out of the file begins anew. Named ones are run alone. What N minutes of
 * processor time do not reach is listed as not run.
 */

import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { requireChoice } from "../src/base/errors.ts";
import { writeWhole } from "../src/base/write.node.ts";
import { everyFamily } from "../src/family/neighbours.ts";
import { familyById } from "../src/family/registry.ts";
import { scoreDocument, type ScoreDocument } from "../src/suite/document.ts";
import { ownName, scoreLearner, takesPart, type Own } from "../src/suite/own.ts";
import type { Scored } from "../src/suite/score.ts";
import { suite, type Entry } from "../src/suite/suite.ts";

const file = "kept/suite.jsonl";

/** Examples of a student's training: a quarter of what the learner is given by default. */
const samples = 256_000;
const studentsOf = ({ family }: Entry) => familyById(family, everyFamily).students;
const students = [...new Set(suite.flatMap((entry) => Object.keys(studentsOf(entry))))];

/** Students whose steps cost many times as much are left out, as in the studies. */
const slow = ({ options: { student = "" } }: Own, entry: Entry): boolean =>
  studentsOf(entry)[student]?.slow === true;

const entriesOf = (one: Own): Entry[] => suite.filter((entry) => takesPart(one, entry) && !slow(one, entry));

function byDefault(learner: string): Own {
  return { learner, options: {} };
}

/** Cheap ones first; a student that is slow in every family has no entries. */
const own = [
  ...["f2-elimination", "growing-basis", "label-squared-pca", "low-degree", "label-transform"].map(byDefault),
  ...students.map((student) => ({ learner: "gradient-descent", options: { student, samples } })),
  ...["kernel-ridge", "gradient-descent"].map(byDefault),
].filter((one) => entriesOf(one).length > 0);

/** How many smaller sizes there are. */
const rank = ({ family, easy, size }: Entry): number =>
  suite.filter((other) => other.family === family && other.easy === easy && other.size < size).length;

function readKept(): Map<string, readonly Scored[]> {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  const documents = lines.map((line): ScoreDocument => JSON.parse(line));
  return new Map(documents.map(({ submission, entries }) => [submission, entries]));
}

function writeKept(kept: ReadonlyMap<string, readonly Scored[]>): void {
  const documents = own.map((one): ScoreDocument => {
    const graded = kept.get(ownName(one)) ?? [];
    const names = entriesOf(one).map(({ name }) => name);
    const inOrder = suite.flatMap(({ name }) => graded.filter((scored) => scored.name === name));
    const notRun = names.filter((name) => !graded.some((scored) => scored.name === name));
    return { ...scoreDocument(ownName(one), inOrder, true), notRun };
  });
  writeWhole(file, documents.map((document) => `${JSON.stringify(document)}\n`).join(""));
}

/** Of this process, all threads together. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: "string" } },
});
const limit = 60 * Number(values.minutes ?? Number.POSITIVE_INFINITY);
const kept = readKept();
for (const name of positionals) requireChoice(name, own.map(ownName), "SUBMISSION");
const tasks = own
  .filter((one) => positionals.length === 0 || positionals.includes(ownName(one)))
  .flatMap((one) => entriesOf(one).map((entry) => ({ one, entry })))
  .sort((a, b) => rank(a.entry) - rank(b.entry));
for (const { one, entry } of tasks) {
  const known = kept.get(ownName(one)) ?? [];
  const before = processorSeconds();
  if (before > limit || known.some(({ name }) => name === entry.name)) continue;
  const scored = await scoreLearner(one, entry, 0);
  if (scored === null) continue;
  const seconds = Math.round(100 * (processorSeconds() - before)) / 100;
  kept.set(ownName(one), [...known, { ...scored, processorSeconds: seconds }]);
  writeKept(kept);
  const { explainedVariance } = scored.grade;
  console.error(`${ownName(one)} on ${entry.name}: ${explainedVariance.toFixed(3)}, ${seconds} s`);
}
writeKept(kept);
