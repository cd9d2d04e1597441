// `node scripts/suite.mjs [LEARNER...]`: grades our own learners on the suite (hours on two cores for all of it) and writes
// what `score --board` shows first, a document a line; named learners replace their own lines.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const own = [
  "gradient-descent",
  "label-transform",
  "kernel-ridge",
  "low-degree",
  "label-squared-pca",
  "f2-elimination",
  "growing-basis",
];
const file = fileURLToPath(new URL("../kept/suite.jsonl", import.meta.url));
const program = fileURLToPath(new URL("../bin/equihard", import.meta.url));
const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
const scores = new Map(lines.filter(Boolean).map((line) => [JSON.parse(line).submission, line]));
const named = process.argv.slice(2);
for (const id of named.length > 0 ? named : own) {
  const args = [program, "score", "--learner", id, "--json"];
  const printed = execFileSync(process.execPath, args, {
    maxBuffer: 2 ** 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  scores.set(id, JSON.stringify(JSON.parse(printed.toString())));
  const kept = own.flatMap((known) => scores.get(known) ?? []);
  writeFileSync(file, `${kept.join("\n")}\n`);
}
