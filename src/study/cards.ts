/** The paper's results as the report's first screen and its cards, from the scoreboard. */

import type { Board, BoardFact, BoardHead, CheckState, KeyEntry, Sign } from "../report/board.ts";
import type { Card, Chip, Link } from "../report/card.ts";
import { grouped } from "../report/markup.ts";
import { capital, sentences } from "../report/page.ts";
import { claimOf } from "../query/format.ts";
import { commandOf } from "../run/command.ts";
import { recordsOf } from "../run/record.ts";
import { checks } from "./checks.ts";
import type { Cell, Fact } from "./cell.ts";
import { stripOf, type ById } from "./evidence-chart.ts";
import { LEARNED } from "./learned.ts";
import { pictures } from "./picture/index.ts";
import { askedOf, type ScoreRow } from "./scoreboard.ts";
import { statements } from "./statements.ts";
import { verdicts, type VerdictKind } from "./verdict.ts";

/** A verdict's sign, and what it means to one who has not read on. */
const meanings: Readonly<Record<VerdictKind, readonly [sign: Sign, means: string]>> = {
  covered: ["proved", "Holds: the theorem is about this very training."],
  below: ["counted", "Holds by count: too few queries; no theorem."],
  holds: ["agrees", "Holds wherever it was tried."],
  unexplained: ["half", "Fails however it was tuned, but no certificate says why."],
  open: ["open", "Some learn or turn to what is hidden, or a control is missing."],
  tuned: ["against", "No failure: other settings of the training find the target."],
  learned: ["against", "No failure: gradient descent finds the target."],
  absent: ["absent", "Nothing of it was run."],
};

const anchorOf = ({ row }: ScoreRow): string => `row-${row.id}`;

/** A check's state; comparisons stand beside the reading without speaking for or against it. */
function stateOf(result: { readonly holds: boolean | null } | null): CheckState {
  if (result === null) return "missing";
  if (result.holds === null) return "beside";
  return result.holds ? "holds" : "against";
}

function chipsOf(score: ScoreRow): Chip[] {
  const asked = askedOf(score.row);
  const [lead] = score.cells;
  return checks
    .filter(({ id }) => asked.includes(id))
    .map(({ id, name, asks }) => {
      const result = score.checks[id];
      const state = stateOf(result);
      if (result === null) return { name, asks, state };
      return {
        name,
        asks,
        state,
        says: result.at === lead?.at ? result.says : `${result.says} (${result.at})`,
      };
    });
}

const NOT_RUN = { word: "not run", says: "nothing of it was run" };
/** Where no learner is trained there is nothing to run. */
const NONE = { word: "–", says: "asks for none" };

function factsOf(score: ScoreRow): BoardFact[] {
  const [lead] = score.cells;
  const href = `#${anchorOf(score)}`;
  const trained = score.row.unchecked === undefined;
  const fact = (found: Fact | null | undefined, spark?: (f: Fact) => BoardFact["spark"]): BoardFact => {
    if (found == null) return { ...(trained ? NOT_RUN : NONE), href };
    const drawn = spark?.(found);
    return { word: found.short, says: found.says, href, ...(drawn === undefined ? {} : { spark: drawn }) };
  };
  const strip = (of: "hard" | "easy" | "other") => (f: Fact) =>
    trained ? ({ kind: "strip", of, values: f.values } as const) : undefined;
  return [
    fact(lead?.certified, (f) => (trained ? { kind: "power", dimension: f.values[0] } : undefined)),
    fact(lead?.hard, strip("hard")),
    fact(lead?.twin, strip("easy")),
    fact(lead?.escape, strip("other")),
    checksFact(score),
  ];
}

function checksFact(score: ScoreRow): BoardFact {
  const href = `#${anchorOf(score)}`;
  const chips = chipsOf(score);
  if (chips.length === 0) return { word: "–", says: score.row.unchecked ?? "", href };
  const missing = chips.filter((c) => c.state === "missing").map((c) => c.name);
  return {
    word: `${chips.length - missing.length} of ${chips.length}`,
    says: missing.length === 0 ? "all made" : `not made: ${missing.join(", ")}`,
    href: `${href}-checks`,
    spark: { kind: "boxes", of: chips.map((c) => c.state) },
  };
}

const placeOf = ({ cells, origin }: ScoreRow): string =>
  [cells[0]?.at, origin].filter((x) => x !== undefined).join("; ");

/** The columns, each with what a newcomer has to know of it. */
const heads: readonly BoardHead[] = [
  { name: "result" },
  { name: "verdict" },
  {
    name: "certified",
    says: "query dimension: the larger, the more queries it takes; bar: powers of 10",
  },
  {
    name: "hard",
    says: `runs on the hidden function; learned: past the dotted line, ${LEARNED} of the labels explained`,
  },
  { name: "twin", says: "an easy function of the same hidden parameters, trained alike: the training works" },
  { name: "escape", says: "learners that do more than correlate with the label" },
  {
    name: "checks",
    says: { holds: "as the verdict needs", against: "not so", beside: "only compared", missing: "not made" },
  },
];

/** Which results have which verdict, the strongest first, and what that means. */
function keyOf(scores: readonly ScoreRow[]): KeyEntry[] {
  return (Object.keys(verdicts) as VerdictKind[]).flatMap((kind) => {
    const rows = scores.filter((s) => s.verdict.kind === kind).map((s) => s.row.number);
    const [sign, means] = meanings[kind];
    return rows.length === 0 ? [] : [{ sign, rows, verdict: verdicts[kind], means }];
  });
}

/** All results, a line each. */
export const boardOf = (scores: readonly ScoreRow[]): Board => ({
  key: keyOf(scores),
  heads,
  rows: scores.map((score) => ({
    number: score.row.number,
    name: score.row.name,
    at: placeOf(score),
    href: `#${anchorOf(score)}`,
    sign: meanings[score.verdict.kind][0],
    verdict: verdicts[score.verdict.kind],
    because: score.verdict.because,
    facts: factsOf(score),
  })),
});

/** The certificate's own sentence; of what is certified otherwise, what its study says. */
function certificateText(lead: Cell | undefined, byId: ById): string {
  if (lead?.certified == null) return "None: no certificate speaks of it at this setting.";
  const records = lead.certified.records.flatMap((id) => byId.get(id) ?? []);
  const [certificate] = recordsOf(records, "certify");
  if (certificate === undefined) return `${capital(lead.certified.says)}.`;
  const { result } = certificate;
  return result.statement.vacuous
    ? `Vacuous: at dimension ${result.dimension.spectral} nothing is claimed.`
    : `${grouped(claimOf(result).replaceAll("\n", " "))} (${lead.certified.short}).`;
}

function measuredText(score: ScoreRow): string {
  const [lead] = score.cells;
  if (lead === undefined) return `Nothing of it was run: ${verdicts.absent}.`;
  return sentences(
    `At ${lead.at}: ${lead.hard?.says ?? "hard target not run"}.`,
    lead.twin === null ? undefined : `Easy twin, same hidden parameters and budget: ${lead.twin.says}.`,
    score.origin === undefined ? undefined : `From the ${score.origin}.`,
  );
}

function linksOf(strip: Card["strip"], lead: Cell | undefined): Link[] {
  const facts = [lead?.certified, lead?.hard, lead?.twin];
  const ids = [...new Set(facts.flatMap((fact) => fact?.records ?? []))];
  const files =
    strip === null
      ? []
      : ["csv", "svg"].map((end) => ({ text: end.toUpperCase(), href: `figures/${strip.name}.${end}` }));
  return [...files, ...ids.map((id) => ({ text: `record ${id.slice(0, 8)}`, href: `#record-${id}` }))];
}

/** What cards are made with. */
export interface CardContext {
  readonly byId: ById;
  readonly document: Document;
  /** Where the theory's page is, as seen from the report; null where no link leads there. */
  readonly theory: string | null;
}

/** One result in full. */
export function cardOf(score: ScoreRow, { byId, document, theory }: CardContext): Card {
  const { row, cells, verdict } = score;
  const [lead] = cells;
  const { words, formula, hypotheses, anchor } = statements[row.id];
  const strip = stripOf(score, byId, document);
  const first = lead?.hard == null ? undefined : byId.get(lead.hard.records[0]);
  return {
    id: anchorOf(score),
    number: row.number,
    name: row.name,
    sign: meanings[verdict.kind][0],
    verdict: `${verdicts[verdict.kind]} (${verdict.because})`,
    picture: pictures[row.id](),
    words,
    formula,
    hypotheses,
    theory: { text: `docs/theory.md#${anchor}`, href: theory === null ? null : `${theory}#${anchor}` },
    certificate: certificateText(lead, byId),
    strip,
    measured: measuredText(score),
    chips: chipsOf(score),
    unchecked: row.unchecked ?? null,
    escape: lead?.escape == null ? "No learner with another way was run here." : `${lead.escape.says}.`,
    command: first === undefined ? null : commandOf(first.task),
    links: linksOf(strip, lead),
  };
}
