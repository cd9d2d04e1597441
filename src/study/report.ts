/** Writes a run's report: page, figures with their numbers, records as JSON Lines. */

import { join } from "node:path";
import { reject } from "../base/errors.ts";
import { makeFolder, writeWhole } from "../base/write.node.ts";
import { csv } from "../report/figure.ts";
import { figuresOf, list, pageHtml, type Section } from "../report/page.ts";
import { recordsOf, type StoredRecord } from "../run/record.ts";
import { builtIn, studies as ownStudies } from "./registry.ts";
import { distinct, type Finding, type Scope, type Study } from "./study.ts";

/** What a report is written for and with. */
export interface ReportContext extends Partial<Scope> {
  readonly scale: Scope["scale"];
  /** What was planned and has no record, in words. */
  readonly missing: string;
  /** What figures are drawn in. */
  readonly document: Document;
  /** In the order of the page; the program's own if absent. */
  readonly studies?: readonly Study[];
}

/** A saved figure stands alone: dark ink on white, whatever the viewer's theme. */
const standalone = (svg: string): string =>
  svg
    .replace("<svg ", '<svg color="#1b1b1f" ')
    .replace(/(<svg [^>]*>)/, '$1<rect width="100%" height="100%" fill="#ffffff"/>');

/**
 * Writes the figures of sections into the folder's `figures`: a drawing and its numbers each. Returns the drawings'
 * paths.
 */
export function writeFigures(dir: string, sections: readonly Section[]): string[] {
  const names = new Set<string>();
  makeFolder(join(dir, "figures"));
  return figuresOf(sections).map(({ name, svg, rows }) => {
    if (names.has(name)) reject({ where: `figure ${name}`, what: "there are two of that name" });
    names.add(name);
    const path = join(dir, "figures", `${name}.svg`);
    writeWhole(path, standalone(svg));
    writeWhole(join(dir, "figures", `${name}.csv`), csv(rows));
    return path;
  });
}

/** Sections of one id as one, where the first stands. @throws InputError if they differ in more than their blocks */
export function merged(sections: readonly Section[]): Section[] {
  const byId = new Map<string, Section>();
  for (const section of sections) {
    const { id, title, blocks } = section;
    const before = byId.get(id);
    if (before !== undefined && (before.title !== title || before.folded !== section.folded))
      reject({
        where: `section ${id}`,
        what: `is called "${before.title}" by one study, "${title}" by another`,
      });
    byId.set(id, before === undefined ? section : { ...before, blocks: [...before.blocks, ...blocks] });
  }
  return [...byId.values()];
}

/** @returns what the studies found in short */
export async function writeReport(
  dir: string,
  records: readonly StoredRecord[],
  { scale, missing, document, catalogue = builtIn, studies = ownStudies }: ReportContext,
): Promise<Finding[]> {
  const read = distinct(studies).flatMap((study) => {
    const data = study.read(records, { scale, catalogue });
    return data === null ? [] : [{ study, data }];
  });
  const drawn = await Promise.all(read.map(({ study, data }) => study.sections(data, document)));
  const findings = read.flatMap(({ study, data }) => study.finding?.(data) ?? []);
  const sections = merged([...drawn.flat(), provenance(records, scale, missing)]);
  writeFigures(dir, sections);
  writeWhole(join(dir, "records.jsonl"), records.map((r) => `${JSON.stringify(r)}\n`).join(""));
  writeWhole(
    join(dir, "report.html"),
    pageHtml({
      title: "What is hard to learn under symmetries, and for whom?",
      lead: findings.map((f) => f.headline).join(" "),
      sections,
    }),
  );
  return findings;
}

/** What made the records. */
function provenance(records: readonly StoredRecord[], scale: string, missing: string): Section {
  const named = (prefix: string, field: "version" | "node" | "cpu"): string[] =>
    [...new Set(records.flatMap(({ measurement }) => measurement[field] ?? []))]
      .sort()
      .map((x) => prefix + x);
  const rates = recordsOf(records, "train").flatMap(({ measurement }) => measurement.stepsPerSecond || []);
  const makers = [...named("equihard ", "version"), ...named("Node ", "node"), ...named("", "cpu")];
  const range = [Math.min(...rates), Math.max(...rates)].map((rate) => rate.toFixed(0)).join(" to ");
  return {
    id: "provenance",
    title: "Provenance",
    blocks: [
      list([
        `Scale ${scale}; ${makers.join(", ")}.`,
        rates.length === 0
          ? "No training rate was measured."
          : `Training steps per second, sampling included: ${range}.`,
        missing,
        "Seeds, options and hashes: records.jsonl.",
      ]),
    ],
  };
}
