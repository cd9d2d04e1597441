/** Writes a run's report: page, figures with their numbers, records as JSON Lines. */

import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import type { Role } from "../experiment/reproduce.ts";
import type { StoredRecord } from "../experiment/store.ts";
import { digest, type Digest } from "./digest.ts";
import { accuracyAgainstMu, accuracyAgainstSize, csv, dimensionAgainstSize, learningCurves, type Figure } from "./figures.ts"; // prettier-ignore
import { html, type ReportContext } from "./html.ts";

/** The figures that the records allow: each needs at least one run or certificate to show. */
export function figuresOf(d: Digest): Figure[] {
  const { document } = parseHTML("<html><body></body></html>");
  const trained = d.runs.some((r) => r.role === "main" && !r.easy);
  return [
    ...(trained
      ? [accuracyAgainstSize(d, document), accuracyAgainstMu(d, document), learningCurves(d, document)]
      : []),
    ...(d.certificates.length > 0 ? [dimensionAgainstSize(d, document)] : []),
  ];
}

function put(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

/** A saved figure stands alone: dark ink on white, whatever the viewer's theme. */
const standalone = (svg: string): string =>
  svg.replace("<svg ", '<svg color="#1b1b1f" ').replace(/(<svg [^>]*>)/, '$1<rect width="100%" height="100%" fill="#ffffff"/>'); // prettier-ignore

export function writeReport(
  dir: string,
  records: readonly StoredRecord[],
  roles: ReadonlyMap<string, Role>,
  context: ReportContext,
): Digest {
  const d = digest(records, roles);
  const figures = figuresOf(d);
  mkdirSync(join(dir, "figures"), { recursive: true });
  for (const f of figures) {
    put(join(dir, "figures", `${f.name}.svg`), standalone(f.svg));
    put(join(dir, "figures", `${f.name}.csv`), csv(f.rows));
  }
  put(join(dir, "records.jsonl"), records.map((r) => `${JSON.stringify(r)}\n`).join(""));
  put(join(dir, "report.html"), html(d, figures, context));
  return d;
}
