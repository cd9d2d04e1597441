/** Writes a run's report: page, figures with their numbers, records as JSON Lines. */

import { join } from "node:path";
import { reject } from "../base/errors.ts";
import { makeFolder, writeWhole } from "../base/write.node.ts";
import { csv } from "../report/figure.ts";
import type { Figure } from "../report/drawing.ts";
import { pack } from "../report/pack.node.ts";
import { pageFigures, pageHtml } from "../report/page.ts";
import { theoryHtml } from "../report/theory.ts";
import type { StoredRecord } from "../run/record.ts";
import { reportPages, type PageContext } from "./report-page.ts";
import type { Finding } from "./study.ts";

/** What a report is written for and with. */
export type ReportContext = Omit<PageContext, "theory">;

/** A saved figure stands alone: dark ink on white, whatever the viewer's theme. */
export const standalone = (svg: string): string =>
  svg
    .replace("<svg ", '<svg color="#1b1b1f" ')
    .replace(/(<svg [^>]*>)/, '$1<rect width="100%" height="100%" fill="#ffffff"/>');

/**
 * Writes figures into the folder's `figures`: a drawing and its numbers each. Returns the drawings'
 * paths.
 */
export function writeFigures(dir: string, figures: readonly Figure[]): string[] {
  const names = new Set<string>();
  makeFolder(join(dir, "figures"));
  return figures.map(({ name, svg, rows }) => {
    if (names.has(name)) reject({ where: `figure ${name}`, what: "there are two of that name" });
    names.add(name);
    const path = join(dir, "figures", `${name}.svg`);
    writeWhole(path, standalone(svg));
    writeWhole(join(dir, "figures", `${name}.csv`), csv(rows));
    return path;
  });
}

/** The theory's page beside a report, to which its cards lead. */
const THEORY = "theory.html";

/** @returns what the studies found in short */
export async function writeReport(
  dir: string,
  records: readonly StoredRecord[],
  context: ReportContext,
): Promise<readonly Finding[]> {
  const theory = theoryHtml === "" ? null : THEORY;
  const { pages, findings } = await reportPages(records, { ...context, theory });
  if (theory !== null) writeWhole(join(dir, theory), theoryHtml);
  writeFigures(dir, [...pages.values()].flatMap(pageFigures));
  writeWhole(join(dir, "records.jsonl"), records.map((r) => `${JSON.stringify(r)}\n`).join(""));
  // the report last: it leads to the other
  for (const [file, page] of [...pages].toReversed()) writeWhole(join(dir, file), pageHtml(page, pack));
  return findings;
}
