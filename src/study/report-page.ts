/** The report of a run as a page: first screen, cards, what the studies show, and an appendix. */

import { entries } from "../report/references.ts";
import { version } from "../base/version.ts";
import { merged, type Page, type Section } from "../report/page.ts";
import type { Opening } from "../report/opening.ts";
import type { StoredRecord } from "../run/record.ts";
import { boardOf, cardOf } from "./cards.ts";
import { glossary, methods, provenance, runsSection } from "./appendix.ts";
import { leadFigure } from "./evidence-chart.ts";
import { keptShown, type KeptRun } from "./kept.ts";
import { graphPicture } from "./picture/graph.ts";
import { builtIn, studies as ownStudies } from "./registry.ts";
import { recordsBeside, strongest } from "./scoreboard.ts";
import { shownBy } from "./shown.ts";
import { distinct, type Finding, type Scope, type Study } from "./study.ts";

/** What a report is drawn for and with. */
export interface PageContext extends Partial<Scope> {
  readonly scale: Scope["scale"];
  /** What was planned and has no record, in words. */
  readonly missing: string;
  /** Of the program, where it is known. */
  readonly commit?: string | undefined;
  /** What figures are drawn in. */
  readonly document: Document;
  /** Runs of larger scales to stand beside it, the smallest first. */
  readonly beside?: readonly KeptRun[];
  /** In the order of the page; the program's own if absent. */
  readonly studies?: readonly Study[];
  /** What makes the run anew; reproduce if absent. */
  readonly command?: string;
  /** Where the theory's page is, as seen from the report; null where no link leads there. */
  readonly theory?: string | null;
}

const TITLE = "What is hard to learn under symmetries, and for whom?";

/** A report's pages by the name of their file, its own first, and what the studies found in short. */
export async function reportPages(
  records: readonly StoredRecord[],
  context: PageContext,
): Promise<{ pages: ReadonlyMap<string, Page>; findings: readonly Finding[] }> {
  const { scale, document, catalogue = builtIn, studies = ownStudies } = context;
  const scope = { scale, catalogue, chosen: context.chosen ?? {} };
  const own = await shownBy(distinct(studies), records, scope, document);
  const ofStudies = ({ study }: KeptRun): boolean =>
    study === undefined || studies.some(({ id }) => id === study);
  const beside = (context.beside ?? []).filter(ofStudies);
  const kept = await Promise.all(beside.map((run) => keptShown(run, studies, scope, document)));
  // some are of several runs: a certificate is the same at every scale
  const byId = new Map([...beside.flatMap((run) => run.records), ...records].map((r) => [r.id, r]));
  // the stronger line of each result, of the run or of those beside it
  const scores = kept.reduce((board, run) => strongest(board, run.scores, run.name), own.scores);
  const named = recordsBeside(scores);
  const ran = new Set(records.map(({ id }) => id));
  const lead = leadFigure(scores, byId, document);
  const theory = context.theory ?? null;
  const cards: Section = {
    id: "results",
    title: "The paper's eight results",
    blocks: scores.map((score) => ({ kind: "card", card: cardOf(score, { byId, document, theory }) })),
  };
  const sections = merged([
    cards,
    ...own.sections,
    ...kept.map(({ section }) => section),
    runsSection([...records, ...[...byId.values()].filter(({ id }) => named.has(id) && !ran.has(id))]),
    methods(records),
    glossary,
    provenance(records, context),
  ]);
  const page: Page = {
    title: TITLE,
    lead: own.findings.map((f) => f.headline).join(" "),
    sections,
    opening: {
      paper: paperLink(),
      facts: factsOf(records, scale),
      command: context.command ?? `equihard reproduce --scale ${scale}`,
      board: boardOf(scores),
      lead,
      picture: graphPicture(),
    },
  };
  const others = kept.map(({ file, page: of }) => [file, of] as const);
  return { pages: new Map([["report.html", page], ...others]), findings: own.findings };
}

/** Whose results these are. */
function paperLink(): Opening["paper"] {
  const { title, author, eprint } = entries.kiani2024.fields;
  const names = author.split(" and ").map((name) => name.split(", ").toReversed().join(" "));
  return { text: title, href: `https://arxiv.org/abs/${eprint}`, authors: `${names.join(", ")}; ICLR 2024` };
}

/** Scale, days of the records, version. */
function factsOf(records: readonly StoredRecord[], scale: string): string[] {
  const days = records
    .flatMap(({ measurement }) => String(measurement["finishedAt"] ?? "").slice(0, 10) || [])
    .sort();
  const when = [...new Set([days[0], days.at(-1)])].filter((day) => day !== undefined).join(" to ");
  return [`scale ${scale}, ${records.length} records`, ...(when === "" ? [] : [when]), `equihard ${version}`];
}
