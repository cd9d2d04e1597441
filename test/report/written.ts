/** The report of an invented run, with the kept run's page beside it, as the built program writes them. */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
// @ts-expect-error a build script, without types
import { buildIfStale } from "../../scripts/build.mjs";
import { drawingDocument } from "../../src/report/drawing.node.ts";
import { readKept } from "../../src/study/kept.ts";
import { builtIn, studies } from "../../src/study/registry.ts";
import { plan } from "../../src/study/reproduce.ts";
import type { writeReport } from "../../src/study/report.ts";
import { inventedRun } from "../study/invented.ts";

const built = resolve(import.meta.dirname, "../../dist/study/report.js");

/** Writes `report.html`, `laptop.html` and what they lead to into a folder. */
export async function writeInvented(dir: string): Promise<void> {
  await buildIfStale();
  const module = (await import(pathToFileURL(built).href)) as { writeReport: typeof writeReport };
  const records = inventedRun(plan(studies, { scale: "quick", catalogue: builtIn }), 3);
  const document = await drawingDocument();
  await module.writeReport(dir, records, {
    scale: "quick",
    missing: "none",
    beside: [readKept()!],
    document,
  });
}
