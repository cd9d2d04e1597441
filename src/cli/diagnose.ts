/** `diagnose DATA --group G`: what of a user's own labels correlational learners can see. */

import { basename, join } from "node:path";
import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { printJson } from "../base/json.ts";
import { numerics, version } from "../base/version.ts";
import type { LabelledData } from "../dataset/labelled.ts";
import type { DiagnoseOptions, Diagnosis } from "../diagnose/diagnose.ts";
import { briefTime, LONG } from "../base/cost.ts";
import type { PermutationGroup } from "../symmetry/groups.ts";
import { described, integer } from "../base/schema.ts";
import { engineField } from "../learner/training-options.ts";
import { addFields, addSeed, newCommand, parseArguments, parseOptions, parseSeed } from "./command.ts";
import { requireConsent, yesFlag } from "./consent.ts";
import { interruptible, notice, print, progress, readBytes, readText, type OutputOptions } from "./io.ts";

const schema = z.strictObject({
  label: described(
    z.optional(z.string()),
    "array or column that holds the label (absent: y, or a table's last column)",
  ),
  degree: described(z._default(integer(1, 6), 3), "largest degree of invariant polynomials"),
  samples: described(
    z._default(integer(40, 10_000_000), 20_000),
    "most examples to use, drawn from the seed",
  ),
  engine: engineField,
});

interface Flags extends OutputOptions {
  readonly group?: string;
  readonly out?: string;
  readonly yes?: boolean;
}

const SUMMARY = [
  "What of your labels learners by correlations can see, what needs another statistic, and what cannot be told.",
  "DATA: npz (X or A, and y), Parquet, CSV with the label last, lines of graph6 and label, or JSON lines",
  '{"n": 4, "edges": [[0, 1]], "y": 1}.',
].join("\n");

/** Bytes of a file that is read. */
const largest = 2 ** 30;

/** What the arguments ask for; null after printing help. */
function asked(args: readonly string[]) {
  const command = addSeed(newCommand("diagnose", SUMMARY, "equihard diagnose data.csv --group cyclic:8"))
    .option("--group <group>", "what acts on the points of an example, see 'equihard groups'")
    .option("--out <folder>", "write a report there; finished parts are kept, and the same command goes on")
    .option(...yesFlag)
    .argument("[data]", "file of labelled examples");
  addFields(command, schema);
  const parsed = parseArguments(command, args);
  if (parsed === null) return null;
  const flags = parsed.opts<Flags>();
  const [path] = parsed.args;
  if (path === undefined)
    return reject({
      where: "diagnose",
      what: "no file of data named",
      next: "see 'equihard diagnose --help'",
    });
  if (flags.group === undefined)
    return reject({
      where: "--group",
      what: "no group named",
      allowed: "such as trivial:8 or cyclic:8",
      next: "see 'equihard groups'",
    });
  const options = { ...parseOptions(schema, parsed.opts()), seed: parseSeed(parsed.opts()) };
  return { path, flags, groupName: flags.group, options };
}

export async function run(args: readonly string[]): Promise<number> {
  const given = asked(args);
  if (given === null) return 0;
  const { path, flags, groupName, options } = given;
  const { parseGroup } = await import("../symmetry/groups.ts");
  const group = parseGroup(groupName, readText, "--group");
  const bytes = readBytes(path, largest);
  const { labelledIn } = await import("../dataset/labelled.ts");
  const { label, samples: most, seed, degree, engine } = options;
  const data = await labelledIn(bytes, path, { label, most, seed });
  await announce(data, group, { degree, engine }, flags);
  const report = flags.out === undefined ? null : await reportIn(flags.out);
  const { diagnose } = await import("../diagnose/diagnose.ts");
  const signal = interruptible();
  const line = progress(flags);
  const generators = group.generators.map((g) => Array.from(g));
  const found = await diagnose(data, group, {
    seed,
    degree,
    engine,
    signal,
    onProgress: (text, fraction) => line.report({ text, fraction }),
    ...(report === null
      ? {}
      : { part: await report.parts(bytes, { group: group.name, generators, ...options }) }),
  });
  line.end();
  const { documentOf } = await import("../diagnose/document.ts");
  const { diagnosisText } = await import("../diagnose/words.ts");
  const document = documentOf(basename(path), found);
  await report?.write(document, found);
  print(flags, document, () => diagnosisText(found));
  return 0;
}

/** Says what the work is expected to take, by a few steps of it; much is done with `--yes` alone. */
async function announce(
  data: LabelledData,
  group: PermutationGroup,
  { degree, engine }: Pick<DiagnoseOptions, "degree" | "engine">,
  flags: Flags,
): Promise<void> {
  const { actOn } = await import("../diagnose/action.ts");
  const { costOf } = await import("../diagnose/cost.ts");
  const cost = await costOf(actOn(data, group), degree, engine);
  requireConsent(cost, flags.yes, "diagnose");
  if (cost.seconds > LONG) notice(flags, `this takes about ${briefTime(cost.seconds)}`);
}

/** The folder of a report. What draws is asked for before the work whose results are to be drawn. */
async function reportIn(folder: string) {
  const { drawingDocument } = await import("../report/drawing.node.ts");
  const drawing = await drawingDocument();
  const { makeFolder, writeWhole } = await import("../base/write.node.ts");
  makeFolder(folder);
  return {
    async parts(bytes: Uint8Array, asked: object) {
      const { keptParts } = await import("./diagnose-parts.ts");
      const { digestOf } = await import("../run/store/digest.ts");
      return keptParts(folder, { file: digestOf(bytes), ...asked, version, numerics });
    },
    async write(document: { readonly file: string }, found: Diagnosis): Promise<void> {
      const { diagnosisPage } = await import("../diagnose/page.ts");
      const { figuresOf } = await import("../report/page.ts");
      const { writeFigures } = await import("../study/report.ts");
      const { html, sections } = diagnosisPage(document.file, found, drawing);
      writeFigures(folder, figuresOf(sections));
      writeWhole(join(folder, "diagnosis.json"), `${printJson(document)}\n`);
      writeWhole(join(folder, "report.html"), html);
    },
  };
}
