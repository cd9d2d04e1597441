/** `reproduce`: the main job. */

import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { existsSync, readFileSync } from "node:fs";
import { reject, requireChoice } from "../base/errors.ts";
import { newCommand, parseArguments } from "./command.ts";
import { interruptible, print, progress, writeWhole } from "./io.ts";
import { version } from "./main.ts";

/** Seconds after which the quick scale starts no further task. */
const QUICK_SECONDS = 150;

export async function run(args: readonly string[]): Promise<number> {
  const signal = interruptible();
  const command =
    newCommand("reproduce", "The main job: certificates, training, escapes, one report. Resumes in the same folder.", "equihard reproduce --scale quick --out runs/quick") // prettier-ignore
      .option("--scale <quick|laptop|paper>", "about 3 minutes, 30 minutes, or a cluster [quick]")
      .option("--out <folder>", "run folder [runs/SCALE]")
      .option("--workers <integer>", "worker threads, one single-threaded session each [cores]");
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const flags = parsed.opts<{
    scale?: string;
    out?: string;
    workers?: string;
    json?: boolean;
    quiet?: boolean;
  }>();
  const { scales, plan } = await import("../experiment/reproduce.ts");
  const scale = requireChoice(flags.scale ?? "quick", scales, "--scale");
  const workers = flags.workers === undefined ? Math.max(1, cpus().length) : Number(flags.workers);
  if (!Number.isInteger(workers) || workers < 1 || workers > 1024)
    reject({ where: "--workers", what: `${flags.workers} does not fit`, allowed: "an integer 1 to 1024" });
  const dir = flags.out ?? join("runs", scale);

  const started = Date.now();
  const { openStore } = await import("../experiment/store.ts");
  const { runTasks } = await import("../experiment/runner.ts");
  const { taskId, taskLabel } = await import("../experiment/task.ts");
  const { familyById } = await import("../family/registry.ts");
  const store = openStore(dir);
  const stamp = join(dir, "run.json");
  if (existsSync(stamp)) {
    const before = JSON.parse(readFileSync(stamp, "utf8")) as { scale?: string };
    if (before.scale !== scale)
      reject({
        where: "--out",
        what: `${dir} holds a run of scale ${before.scale}`,
        next: "choose another --out",
      });
  } else writeWhole(stamp, `${JSON.stringify({ schema: "equihard.run/1", scale, version })}\n`);

  const planned = plan(scale, familyById("gnn-degree-parity"));
  const tasks = planned.map((p) => p.task);
  const bar = progress(flags);
  let ended = 0;
  const seconds = (): number => (Date.now() - started) / 1000;
  const summary = await runTasks(tasks, {
    store,
    workers,
    version,
    signal,
    ...(scale === "quick" ? { admit: () => seconds() < QUICK_SECONDS } : {}),
    onEvent: ({ task, state }) => {
      if (state !== "started") ended++;
      bar.report({
        text: `${ended}/${tasks.length} ${state}: ${taskLabel(task)}`,
        fraction: ended / tasks.length,
        data: { state },
      });
    },
  });
  bar.end();

  const roles = new Map(planned.map((p) => [taskId(p.task), p.role]));
  const records = store.records().filter((r) => roles.has(r.id));
  const { writeReport } = await import("../report/write.ts");
  const { summaryRows } = await import("../report/degree-parity-section.ts");
  const { headline } = await import("../report/sentences.ts");
  const { writeParquet, trialRows, curveRows } = await import("../interop/parquet.ts");
  const leftOut = summary.leftOut.map(taskLabel);
  const d = writeReport(dir, records, roles, { scale, version, leftOut });
  writeParquet(join(dir, "trials.parquet"), trialRows(records));
  writeParquet(join(dir, "curves.parquet"), curveRows(records));
  const report = resolve(dir, "report.html");
  const document = {
    schema: "equihard.reproduce/1",
    scale,
    report,
    tasks: tasks.length,
    finished: summary.finished,
    leftOut,
    failed: summary.failed.map((f) => ({ task: f.task, message: f.message })),
    interrupted: summary.interrupted,
    seconds: seconds(),
    headline: headline(d),
    runs: d.runs.map(({ curve: _curve, ...r }) => r),
    certificates: d.certificates,
    escapes: d.escapes,
  };
  print(flags, document, () => {
    const { head, rows } = summaryRows(d);
    const widths = head.map((h, c) => Math.max(h.length, ...rows.map((r) => r[c].length)));
    const line = (cells: readonly string[]): string => cells.map((x, c) => x.padEnd(widths[c])).join("  ").trimEnd(); // prettier-ignore
    return [
      line(head),
      ...rows.map(line),
      "",
      document.headline,
      leftOut.length === 0
        ? "Nothing was left out."
        : `Left out to keep the time limit: ${leftOut.join("; ")}`,
      ...summary.failed.map((f) => `FAILED ${taskLabel(f.task)}: ${f.message}`),
      `${summary.finished} of ${tasks.length} pieces of work, ${seconds().toFixed(0)} s. Report: ${report}`,
    ].join("\n");
  });
  return summary.interrupted ? 130 : summary.failed.length > 0 ? 1 : 0;
}
