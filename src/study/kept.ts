/**
 * The runs of larger scales that are kept with the program: dated records, compressed, one a line, beside `run.json`
 * in a folder each under `kept/`; a package has the first alone. Where their evidence is the stronger, a report of a
 * smaller scale shows it in place of its own, marked as such; all of it stands on a page beside.
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { parseJson } from "../base/json.ts";
import { parseWith } from "../base/schema.ts";
import { reasonOf } from "../base/write.node.ts";
import { paragraph, prefixed, sentences, type Page, type Section } from "../report/page.ts";
import { checkRecord } from "../run/store/record-file.ts";
import { fitRecord, type StoredRecord } from "../run/record.ts";
import { taskId } from "../run/task.ts";
import { glossary, methods, runsSection } from "./appendix.ts";
import { plan } from "./reproduce.ts";
import { scales, type Scale } from "./scale.ts";
import type { ScoreRow } from "./scoreboard.ts";
import { shownBy } from "./shown.ts";
import type { Scope, Study } from "./study.ts";

const about = z.strictObject({
  schema: z.literal("equihard.kept/1"),
  scale: z.enum(scales),
  /** The only one of the studies that it is of; absent: all. */
  study: z.optional(z.string()),
  /** Day of its last record. */
  date: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
});

/** A run of a larger scale that the program brings along: its records, and the day of the last. */
export interface KeptRun extends Omit<z.output<typeof about>, "schema"> {
  readonly records: readonly StoredRecord[];
}

/** Where the program keeps its own, the smallest scale first. */
const own = ["laptop", "paper-matrix"].map((name) =>
  fileURLToPath(new URL(`../../kept/${name}`, import.meta.url)),
);

/** What a folder says of its run; null where it is not there: a package may leave it out. */
function stampIn(folder: string): Omit<KeptRun, "records"> | null {
  const stamp = join(folder, "run.json");
  if (!existsSync(stamp)) return null;
  const { schema: _, ...run } = parseWith(about, parseJson(readFileSync(stamp, "utf8"), stamp), stamp);
  return run;
}

/**
 * @returns null where the folder is not there
 * @throws InputError for a damaged one, naming the line
 */
export function readKept(folder: string = own[0]): KeptRun | null {
  const run = stampIn(folder);
  if (run === null) return null;
  const file = join(folder, "records.jsonl.br");
  const records = unpacked(file)
    .split("\n")
    .flatMap((line, i) => (line === "" ? [] : [recordAt(line, `${file}, line ${i + 1}`)]));
  return { ...run, records };
}

/** The runs that a report of a scale shows beside its own: those of larger ones. @throws as `readKept` */
export const keptBeside = (scale: Scale): KeptRun[] =>
  own.flatMap((folder) => {
    const run = stampIn(folder);
    const larger = run !== null && scales.indexOf(run.scale) > scales.indexOf(scale);
    return larger ? (readKept(folder) ?? []) : []; // reading the records of one takes seconds
  });

function unpacked(file: string): string {
  try {
    return brotliDecompressSync(readFileSync(file)).toString("utf8");
  } catch (error) {
    return reject({ where: file, what: reasonOf(error), next: "install the program again" });
  }
}

/** A record of whichever numerics version: the run is dated. */
function recordAt(line: string, where: string): StoredRecord {
  const { record, foreign, problem } = checkRecord(parseJson(line, where));
  if (record !== undefined) return record;
  const found = foreign === undefined ? { problem } : fitRecord(foreign);
  return found.value ?? reject({ where, what: found.problem ?? "no record" });
}

/** What a kept run shows: on a page of its own, beside the report that it stands in for. */
interface KeptShown {
  readonly name: string;
  /** Of the paper's results. */
  readonly scores: readonly ScoreRow[];
  /** Its sections and figures are named by its scale. */
  readonly page: Page;
  /** The page's name, beside the report. */
  readonly file: string;
  /** What the report says of it, and its sections as links. */
  readonly section: Section;
}

export async function keptShown(
  { scale, study, date, records }: KeptRun,
  all: readonly Study[],
  { catalogue }: Scope,
  document: Document,
): Promise<KeptShown> {
  const studies = study === undefined ? all : all.filter(({ id }) => id === study);
  const [id, name, planner] =
    study === undefined
      ? [scale, `${scale} run of ${date}`, "the scale plans"]
      : [`${scale}-${study}`, `${study} at scale ${scale} of ${date}`, `${study} plans at that scale`];
  const scope = { scale, catalogue };
  const { scores, sections } = await shownBy(studies, records, scope, document);
  const finished = new Set(records.map((r) => r.id));
  const planned = plan(studies, scope).map(taskId);
  const done = planned.filter((of) => finished.has(of)).length;
  const origin = sentences(
    `Not of this run: from the records of a run at scale ${scale} that are kept with the program,`,
    `${done} of the ${planned.length} pieces of work that ${planner}, the last of ${date}.`,
  );
  const file = `${id}.html`;
  const named = sections.map((section) => prefixed(section, id));
  const links = named.map((section) => ({ text: section.title, href: `${file}#${section.id}` }));
  return {
    name,
    scores,
    file,
    page: {
      title: `The ${name}`,
      lead: origin,
      lean: true,
      sections: [...named, runsSection(records, `the program's kept/${id}`), methods(records), glossary],
    },
    section: { id, title: `The ${name}`, blocks: [paragraph(origin), { kind: "links", links }] },
  };
}
