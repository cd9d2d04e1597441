/** Writes a run's report: page, figures with their numbers, records as JSON Lines. */

import { join } from "node:path";
import { makeFolder, writeWhole } from "../base/write.node.ts";
import { lossSeeds, transitionPlan } from "./certificates/study.ts";
import { readMatrix } from "./matrix/study.ts";
import type { Role, Scale } from "./scale.ts";
import { matrixOf } from "./reproduce.ts";
import type { StoredRecord } from "../run/store/files.ts";
import { degreeParitySections } from "./degree-parity/section.ts";
import { digest, type Digest } from "./degree-parity/digest.ts";
import { familySections } from "./certificates/section.ts";
import { csv } from "../report/figure.ts";
import { matrixBudget, matrixSections } from "./matrix/section.ts";
import { figuresOf, list, pageHtml, type Section } from "../report/page.ts";
import { headline } from "./degree-parity/sentences.ts";

/** A saved figure stands alone: dark ink on white, whatever the viewer's theme. */
export const standalone = (svg: string): string =>
  svg
    .replace("<svg ", '<svg color="#1b1b1f" ')
    .replace(/(<svg [^>]*>)/, '$1<rect width="100%" height="100%" fill="#ffffff"/>');

export interface ReportContext {
  readonly scale: Scale;
  /** What was planned and has no record, in words. */
  readonly missing: string;
  /** What figures are drawn in. */
  readonly document: Document;
}

export function writeReport(
  dir: string,
  records: readonly StoredRecord[],
  roles: ReadonlyMap<string, Role>,
  context: ReportContext,
): Digest {
  const d = digest(records, roles);
  const { scale, document } = context;
  const inRole = (role: Role): StoredRecord[] => records.filter((r) => roles.get(r.id) === role);
  const matrix = matrixOf(scale);
  const sections = [
    ...degreeParitySections(d, document),
    ...familySections(
      inRole("family"),
      records,
      { transition: transitionPlan(scale), lossSeeds: lossSeeds(scale) },
      document,
    ),
    ...matrixSections(readMatrix(matrix, records), document, matrixBudget(matrix)),
    provenance(d, context),
  ];
  makeFolder(join(dir, "figures"));
  for (const f of figuresOf(sections)) {
    writeWhole(join(dir, "figures", `${f.name}.svg`), standalone(f.svg));
    writeWhole(join(dir, "figures", `${f.name}.csv`), csv(f.rows));
  }
  writeWhole(join(dir, "records.jsonl"), records.map((r) => `${JSON.stringify(r)}\n`).join(""));
  writeWhole(
    join(dir, "report.html"),
    pageHtml({
      title: "What is hard to learn under symmetries, and for whom?",
      lead: headline(d),
      sections,
    }),
  );
  return d;
}

function provenance(d: Digest, { scale, missing }: ReportContext): Section {
  const rates = d.stepsPerSecond.map((r) => r.rate).filter((r) => r > 0);
  return {
    id: "provenance",
    title: "Provenance",
    blocks: [
      list([
        `Scale ${scale}; ${d.versions.join(", ")}; ${d.machines.join(", ")}.`,
        rates.length === 0
          ? "No training rate was measured."
          : `Training steps per second, sampling included: ${Math.min(...rates).toFixed(0)} to ${Math.max(...rates).toFixed(0)}.`,
        missing,
        "Seeds, options and hashes: records.jsonl.",
      ]),
    ],
  };
}
