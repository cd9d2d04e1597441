/** `report RUN [OTHER]`: a sweep's records as a page, figures and tables. */

import { basename, join, resolve } from "node:path";
import { reject, requireChoice } from "../base/errors.ts";
import { refuseUnread } from "../base/options.ts";
import { makeFolder, writeWhole } from "../base/write.node.ts";
import type { StoredRecord } from "../run/record.ts";
import type { Comparison } from "../study/sweep/compare.ts";
import type { SweepReport } from "../study/sweep/page.ts";
import type { SweepPlan } from "../sweep/plan.ts";
import type { SweepData } from "../study/sweep/read.ts";
import { newCommand, parseArguments } from "./command.ts";
import { commitText, type GitState } from "./git.ts";
import { print, type OutputOptions } from "./io.ts";
import { readableRecords, readStamp } from "./run-tasks.ts";
import { requireRun } from "./status.ts";
import { fileIn } from "./sweep-run.ts";
import { reportOfStudies } from "./study-report.ts";

interface ReportFlags extends OutputOptions {
  readonly out?: string;
  readonly outcome?: string;
  readonly png?: boolean;
}

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "report",
    [
      "What came of a sweep: curves with bands over its seeds, heat maps, scaling with intervals, transitions,",
      "and where it comes from, as a page with SVG, CSV and LaTeX files.",
      "With another sweep: what differs, in the files and in the results. Of studies: their report.",
    ].join("\n"),
    "equihard report runs/widths",
  )
    .argument("[run]", "run folder that sweep, matrix or reproduce wrote")
    .argument("[other]", "another to compare it with")
    .option(
      "--outcome <name>",
      "final_loss, final_accuracy, final_explained_variance or steps [bisected, else explained variance]",
    )
    .option("--png", "figures as PNG, too")
    .option("--out <folder>", "where to [RUN]");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const flags = parsed.opts<ReportFlags>();
  const { drawingDocument } = await import("../report/drawing.node.ts");
  const drawing = await drawingDocument();
  const dir = requireRun(parsed.args[0], "report");
  const other = parsed.args[1] === undefined ? null : requireRun(parsed.args[1], "report");
  const asked = await fileIn(dir);
  if (asked.studied !== undefined) {
    const { outcome, png } = flags;
    refuseUnread({ other: parsed.args[1], outcome, png }, [], "a run of studies");
    return reportOfStudies(dir, asked, flags, drawing);
  }
  const here = await shownIn(dir, asked.plan, flags, flags.outcome);
  const { sweepReport } = await import("../study/sweep/page.ts");
  const report = sweepReport(
    {
      name: basename(resolve(dir)),
      ...here,
      comparison: other === null ? null : await comparisonOf([dir, other], here, flags),
      provenance: provenanceOf(dir, here),
    },
    drawing,
  );
  const written = await write(flags.out ?? dir, report, flags.png === true);
  const document = {
    schema: "equihard.report/1",
    run: dir,
    ...written,
    outcome: here.data.outcome,
    trials: here.records.length,
    scaling: report.fits,
    transitions: report.transitions,
  };
  print(flags, document, () => {
    const { figures, tables } = written;
    const beside = `with ${figures.length} figures and ${tables.length} tables beside it`;
    return `${report.page.lead}\nReport: ${written.report}, ${beside}`;
  });
  return 0;
}

/** Writes page, figures and tables; returns their paths. */
async function write(folder: string, { page, tables }: SweepReport, png: boolean) {
  const { standalone, writeFigures } = await import("../study/report.ts");
  const { pageFigures, pageHtml } = await import("../report/page.ts");
  const { pack } = await import("../report/pack.node.ts");
  const { latexTable } = await import("../report/latex.ts");
  const figures = writeFigures(folder, pageFigures(page));
  for (const { name, svg } of png ? pageFigures(page) : []) {
    const { pngOf } = await import("../report/png.node.ts");
    const path = join(folder, "figures", `${name}.png`);
    writeWhole(path, await pngOf(standalone(svg)));
    figures.push(path);
  }
  makeFolder(join(folder, "tables"));
  const paths = Object.entries(tables).map(([name, table]) => {
    const path = join(folder, "tables", `${name}.tex`);
    writeWhole(path, latexTable(table));
    return path;
  });
  const report = join(folder, "report.html");
  writeWhole(report, pageHtml(page, pack));
  return { report, figures, tables: paths };
}

async function comparisonOf(
  dirs: readonly [string, string],
  here: Shown,
  flags: ReportFlags,
): Promise<Comparison> {
  const { compare } = await import("../study/sweep/compare.ts");
  const { plan } = await fileIn(dirs[1]);
  if (plan === undefined) reject({ where: dirs[1], what: "is a run of studies", allowed: "another sweep" });
  const there = await shownIn(dirs[1], plan, flags, here.data.outcome);
  return compare(here.data, there.data, dirs);
}

interface Shown {
  readonly data: SweepData;
  readonly records: readonly StoredRecord[];
}

/** A run folder as its report reads it. */
async function shownIn(
  dir: string,
  plan: SweepPlan,
  flags: ReportFlags,
  named: string | undefined,
): Promise<Shown> {
  const { outcomes } = await import("../sweep/plan.ts");
  const { readSweep } = await import("../study/sweep/read.ts");
  const outcome = named === undefined ? undefined : requireChoice(named, outcomes, "--outcome");
  const records = await readableRecords(dir, flags);
  const data = readSweep(plan, records, outcome);
  if (data.cells.length === 0)
    reject({ where: dir, what: "no finished trial in it", next: `equihard resume ${dir}` });
  return { data, records };
}

/** Which file, program and machines made the records. */
function provenanceOf(dir: string, { data, records }: Shown): string[] {
  const stamp = readStamp(join(dir, "run.json")) ?? {};
  const git = stamp["git"] as Partial<GitState> | null | undefined;
  const distinct = (of: (record: StoredRecord) => unknown): string =>
    [...new Set(records.map(of).filter((x) => x !== undefined))].sort().join(", ");
  const seconds = records.reduce((sum, { measurement }) => sum + (measurement.seconds ?? 0), 0);
  const open = data.plan.count * data.plan.seeds.length - records.length;
  const { version, node, host, cpu } = Object.fromEntries(
    ["version", "node", "host", "cpu"].map((name) => [name, distinct((r) => r.measurement[name])]),
  );
  return [
    `Run ${String(stamp["id"])}, file with hash ${String(stamp["specHash"]).slice(0, 16)}.`,
    git?.commit === undefined ? "Begun outside a git repository." : `Begun at commit ${commitText(git)}.`,
    `equihard ${version} (numerics version ${String(stamp["numerics"])}), Node ${node}.`,
    `Machines: ${host}; ${cpu}.`,
    `${records.length} records, ${seconds.toFixed(0)} s of work in all; ${open} trials of the grid have none.`,
    `Records: results/, by the ids of trials; equihard query ${dir} "select * from trials".`,
  ];
}
