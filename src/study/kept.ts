/**
 * The run of the larger scale that is kept with the program: dated records, compressed, one a line, beside `run.json`
 * in a folder under `kept/`. Where its evidence is the stronger, a report of a smaller scale shows it in place of its
 * own, marked as such; all of it stands on a page beside.
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
  /** Day of its last record. */
  date: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
});

/** A run of a larger scale that the program brings along: its records, and the day of the last. */
export interface KeptRun extends Omit<z.output<typeof about>, "schema"> {
  readonly records: readonly StoredRecord[];
}

/** Where the program keeps its own. */
const OWN = fileURLToPath(new URL("../../kept/laptop", import.meta.url));

/**
 * @returns null where the folder is not there: a package may leave it out
 * @throws InputError for a damaged one, naming the line
 */
export function readKept(folder: string = OWN): KeptRun | null {
  const stamp = join(folder, "run.json");
  if (!existsSync(stamp)) return null;
  const file = join(folder, "records.jsonl.br");
  const { scale, date } = parseWith(about, parseJson(readFileSync(stamp, "utf8"), stamp), stamp);
  const records = unpacked(file)
    .split("\n")
    .flatMap((line, i) => (line === "" ? [] : [recordAt(line, `${file}, line ${i + 1}`)]));
  return { scale, date, records };
}

/** The run that a report of a scale shows beside its own: only quick ones have one. @throws as `readKept` */
export const keptBeside = (scale: Scale): KeptRun | null => (scale === "quick" ? readKept() : null);

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
  { scale, date, records }: KeptRun,
  studies: readonly Study[],
  { catalogue }: Scope,
  document: Document,
): Promise<KeptShown> {
  const name = `${scale} run of ${date}`;
  const scope = { scale, catalogue };
  const { scores, sections } = await shownBy(studies, records, scope, document);
  const finished = new Set(records.map((r) => r.id));
  const planned = plan(studies, scope).map(taskId);
  const done = planned.filter((id) => finished.has(id)).length;
  const origin = sentences(
    `Not of this run: from the records of a run at scale ${scale} that are kept with the program,`,
    `${done} of the ${planned.length} pieces of work that the scale plans, the last of ${date}.`,
  );
  const own = sections.map((section) => prefixed(section, scale));
  const file = `${scale}.html`;
  const links = own.map(({ id, title }) => ({ text: title, href: `${file}#${id}` }));
  return {
    name,
    scores,
    file,
    page: {
      title: `The ${name}`,
      lead: origin,
      lean: true,
      sections: [...own, runsSection(records, `the program's kept/${scale}`), methods(records), glossary],
    },
    section: { id: scale, title: `The ${name}`, blocks: [paragraph(origin), { kind: "links", links }] },
  };
}
