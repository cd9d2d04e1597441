/** The paper on one screen: each of its eight results with the strongest evidence that a run's records give. */

import { table, type Section } from "../report/page.ts";
import type { StoredRecord } from "../run/record.ts";
import { checks, type CheckId, type CheckResult } from "./checks.ts";
import type { Cell } from "./cell.ts";
import { paperRows, type PaperRow } from "./paper.ts";
import type { Scope, Study } from "./study.ts";
import { verdicts, type Verdict, type VerdictKind } from "./verdict.ts";

/** A check where it was made: at the leading cell, or at another of its row. */
export type PlacedCheck = CheckResult & { readonly at: string };

/** One result, and what stands for it. */
export interface ScoreRow {
  readonly row: PaperRow;
  /** Strongest first; empty where nothing of it was run. */
  readonly cells: readonly Cell[];
  /** Of the first cell. */
  readonly verdict: Verdict;
  /** Each check as the first cell has it, else as another has. */
  readonly checks: Readonly<Record<CheckId, PlacedCheck | null>>;
  /** Where it is from, if not from the run itself. */
  readonly origin?: string;
}

const strength = Object.keys(verdicts) as VerdictKind[];
const made = ({ checks: of }: Cell): number => Object.values(of).filter((c) => c !== null).length;

const rank = ({ verdict }: Pick<Cell, "verdict">): number => strength.indexOf(verdict.kind);
const controlled = ({ checks: { twin } }: Cell): number => Number(twin?.holds ?? false);

/** The stronger verdict first; of equal ones that whose twin is learned, then that with more checks. */
const byStrength = (a: Cell, b: Cell): number =>
  rank(a) - rank(b) || controlled(b) - controlled(a) || made(b) - made(a);

/** The eight rows as data, whatever was run. */
export function scoreboard(
  studies: readonly Study[],
  records: readonly StoredRecord[],
  scope: Scope,
): ScoreRow[] {
  const cells = studies.flatMap((study) => study.evidence?.(records, scope) ?? []);
  return paperRows.map((row: PaperRow): ScoreRow => {
    const own = cells.filter((c) => c.row === row.id).sort(byStrength);
    return {
      row,
      cells: own,
      verdict: own[0]?.verdict ?? { kind: "absent", because: "no run" },
      checks: placed(own),
    };
  });
}

/**
 * Of two boards the stronger line of each result, the first one's where they are alike, with the checks that only the
 * other has; what is the other's says its origin. Where the other checked the very setting further and concludes less,
 * its line stands too.
 */
export const strongest = (
  own: readonly ScoreRow[],
  others: readonly ScoreRow[],
  origin: string,
): ScoreRow[] =>
  own.map((row, i) => {
    const other = others[i];
    const doubted = other.cells.some((c) => furtherThan(row, c));
    return doubted || rank(other) < rank(row)
      ? { ...other, origin }
      : { ...row, checks: filled(row, other, origin) };
  });

/** Whether a cell is of the very setting of a row, with more checks, and says no more, or leaves it as open. */
function furtherThan({ cells: [lead], verdict }: ScoreRow, cell: Cell): boolean {
  if (cell.at !== lead?.at || made(cell) <= made(lead)) return false;
  return rank(cell) > rank({ verdict }) || (verdict.kind === "open" && cell.verdict.kind === "open");
}

/** Each check as the row has it, else as the other has, named by where that is from. */
function filled(row: ScoreRow, other: ScoreRow, origin: string): ScoreRow["checks"] {
  const all = checks.map(({ id }) => {
    const beside = other.checks[id];
    const moved = beside === null ? null : { ...beside, at: `${beside.at}; ${origin}` };
    return [id, row.checks[id] ?? moved] as const;
  });
  return Object.fromEntries(all) as ScoreRow["checks"];
}

/** The records that lines of another run rest on. */
export const recordsBeside = (scores: readonly ScoreRow[]): ReadonlySet<string> =>
  new Set(
    scores.flatMap(({ origin, cells }) =>
      origin === undefined ? [] : cells.flatMap(factsOf).flatMap((fact) => fact?.records ?? []),
    ),
  );

const factsOf = ({ certified, hard, twin, escape, checks: of }: Cell) => [
  certified,
  hard,
  twin,
  escape,
  ...Object.values(of),
];

function placed(cells: readonly Cell[]): ScoreRow["checks"] {
  const found = checks.map(({ id }) => {
    const cell = cells.find((c) => c.checks[id] !== null);
    const result = cell?.checks[id];
    return [id, cell === undefined || result == null ? null : { ...result, at: cell.at }] as const;
  });
  const all = Object.fromEntries(found) as ScoreRow["checks"];
  return { ...all, learns: all.learns ?? learnsElsewhere(cells) };
}

/** The hardest case of the row that is learned, of those with a smaller certified dimension than the leading one. */
function learnsElsewhere(cells: readonly Cell[]): PlacedCheck | null {
  const dimension = ({ certified }: Cell): number => certified?.values[0] ?? Infinity;
  const easier = cells.filter((c) => c.verdict.kind === "learned" && dimension(c) < dimension(cells[0]));
  const [hardest] = easier.sort((a, b) => dimension(b) - dimension(a));
  if (hardest?.hard == null) return null;
  const { says, records } = hardest.hard;
  return { says: `dimension ${dimension(hardest)}: ${says}`, holds: true, records, at: hardest.at };
}

/** A row in short, as commands print it: its verdict, and the names of checks that nobody made. */
export const plainScore = (score: ScoreRow) => {
  const { row, cells, verdict } = score;
  return {
    number: row.number,
    name: row.name,
    verdict: verdicts[verdict.kind],
    because: verdict.because,
    at: cells.length === 0 ? null : cells[0].at,
    missingChecks: missingOf(score),
  };
};

/** The names of checks that are asked for and were not made. */
function missingOf({ row, checks: of }: ScoreRow): string[] {
  const asked = askedOf(row);
  return checks.filter(({ id }) => asked.includes(id) && of[id] === null).map((c) => c.name);
}

/** The checks that make sense for a row. */
export const askedOf = ({ unchecked }: PaperRow): CheckId[] =>
  unchecked === undefined ? checks.map((c) => c.id) : [];

/** The rows as a plain table. */
export function scoreboardSection(rows: readonly ScoreRow[]): Section {
  const head = [
    "no.",
    "result",
    "verdict",
    "certified",
    "hard target",
    "easy twin",
    "escape",
    "checks",
    "missing",
  ];
  const lines = rows.map((score) => {
    const { row, cells, verdict } = score;
    const [lead] = cells;
    const asked = askedOf(row);
    const missing = missingOf(score);
    return [
      String(row.number),
      lead === undefined ? row.name : `${row.name} (${lead.at})`,
      `${verdicts[verdict.kind]}: ${verdict.because}`,
      ...[lead?.certified, lead?.hard, lead?.twin, lead?.escape].map((fact) => fact?.says ?? "not run"),
      asked.length === 0 ? `none: ${row.unchecked}` : `${asked.length - missing.length} of ${asked.length}`,
      missing.join(", "),
    ];
  });
  return { id: "scoreboard", title: "The results as a table", folded: true, blocks: [table(head, lines)] };
}
