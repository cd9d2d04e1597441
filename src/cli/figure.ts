/** `figure NAME`: one figure of a run, redrawn from its records. */

import { join } from "node:path";
import { nearest, reject, requireChoice } from "../base/errors.ts";
import type { Figure } from "../report/drawing.ts";
import { newCommand, parseArguments } from "./command.ts";
import { print, requireWritable, writeOutFile, type OutputOptions } from "./io.ts";
import { readableRecords } from "./run-tasks.ts";
import { fileIn } from "./sweep-run.ts";
import { writeOut } from "./streams.ts";

const formats = ["svg", "png"] as const;
const RUN = join("runs", "quick");

interface FigureFlags extends OutputOptions {
  readonly run?: string;
  readonly out?: string;
  readonly format?: string;
}

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "figure",
    "One figure of a run of reproduce, redrawn from its records; without a name the list of them.",
    "equihard figure accuracy-against-n --run runs/quick --out accuracy.svg",
  )
    .argument("[name]", "the figure's name, that of its files in the run's folder figures/")
    .option("--run <folder>", `run folder that reproduce wrote [${RUN}]`)
    .option("--out <file>", "where to [standard output; a PNG needs a file]")
    .option("--format <svg|png>", "[by the end of --out, else svg]");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const flags = parsed.opts<FigureFlags>();
  const [name] = parsed.args;
  const format = formatOf(flags);
  if (flags.out !== undefined) requireWritable(flags.out);
  const dir = flags.run ?? RUN;
  const figures = await figuresIn(dir, flags);
  if (name === undefined) return list(dir, figures, flags);
  const found = figures.find((f) => f.name === name) ?? unknown(name, dir, figures);
  const { standalone } = await import("../study/report.ts");
  const svg = standalone(found.svg);
  const { out } = flags;
  if (out !== undefined) writeOutFile(out, format === "svg" ? svg : await png(svg));
  const { title, rows } = found;
  const document = { schema: "equihard.figure/1", name, title, format, out: out ?? null, rows };
  if (flags.json) print(flags, out === undefined ? { ...document, svg } : document, () => "");
  else if (out === undefined) writeOut(`${svg}\n`);
  return 0;
}

const png = async (svg: string): Promise<Uint8Array> => (await import("../report/png.node.ts")).pngOf(svg);

/** The format that was named, else that of the file's name. */
function formatOf({ format, out }: FigureFlags): (typeof formats)[number] {
  const ending = out?.toLowerCase().endsWith(".png") ? "png" : "svg";
  const chosen = requireChoice(format ?? ending, formats, "--format");
  if (chosen === "png" && out === undefined)
    reject({ where: "--format", what: "a PNG is no text for standard output", next: "add --out FILE.png" });
  return chosen;
}

/** All figures of a run's report, that of the run beside it included. */
async function figuresIn(dir: string, flags: FigureFlags): Promise<readonly Figure[]> {
  const { drawingDocument } = await import("../report/drawing.node.ts");
  const document = await drawingDocument();
  const records = await readableRecords(dir, flags);
  const { studied } = await fileIn(dir);
  if (studied === undefined)
    reject({ where: dir, what: "is a sweep of trials", next: `equihard report ${dir} draws its figures` });
  const { keptBeside } = await import("../study/kept.ts");
  const { reportPages } = await import("../study/report-page.ts");
  const { pageFigures } = await import("../report/page.ts");
  const { studies, scope } = studied;
  const beside = keptBeside(scope.scale);
  const { pages } = await reportPages(records, { ...scope, studies, beside, document, missing: "" });
  return [...pages.values()].flatMap(pageFigures);
}

function list(dir: string, figures: readonly Figure[], flags: FigureFlags): number {
  if (flags.out !== undefined)
    reject({ where: "figure", what: "no figure named", next: `equihard figure --run ${dir} lists them` });
  const named = figures.map(({ name, title }) => ({ name, title }));
  const width = Math.max(0, ...named.map((f) => f.name.length));
  print(flags, { schema: "equihard.figures/1", run: dir, figures: named }, () =>
    named.map((f) => `${f.name.padEnd(width)}  ${f.title}`).join("\n"),
  );
  return 0;
}

function unknown(name: string, dir: string, figures: readonly Figure[]): never {
  const names = figures.map((f) => f.name);
  const close = nearest(name, names);
  return reject({
    where: "figure",
    what: `${dir} has no figure "${name}"`,
    next: close === undefined ? `equihard figure --run ${dir} lists them` : `did you mean "${close}"?`,
  });
}
