/** The results on one screen: a line each, in words with a small drawing of the numbers behind them. */

import { drawingIn, escape, tag } from "./markup.ts";

/** What a small drawing shows. */
export type Spark =
  /** Explained variances between 0 and 1, by whom. */
  | { readonly kind: "strip"; readonly of: "hard" | "easy" | "other"; readonly values: readonly number[] }
  /** A certified dimension, as a power of ten. */
  | { readonly kind: "power"; readonly dimension: number }
  /** Checks: made, made with an outcome against the reading, not made. */
  | { readonly kind: "boxes"; readonly of: readonly CheckState[] };

/** What became of a check. */
export type CheckState = "holds" | "against" | "beside" | "missing";

/** A word with what it says in full, and where that stands. */
export interface BoardFact {
  readonly word: string;
  readonly says: string;
  readonly href: string;
  readonly spark?: Spark;
}

/** What a verdict speaks for, by a sign: filled where the result holds, another form for another reason. */
const signs = {
  proved: "●",
  counted: "◆",
  agrees: "■",
  half: "◐",
  open: "○",
  against: "✕",
  absent: "–",
} as const;

/** A verdict's sign. */
export type Sign = keyof typeof signs;

/** One result. */
export interface BoardRow {
  readonly number: number;
  readonly name: string;
  /** The setting that leads, in words. */
  readonly at: string;
  readonly href: string;
  readonly sign: Sign;
  readonly verdict: string;
  readonly because: string;
  readonly facts: readonly BoardFact[];
}

/** What a column says of each result. */
export interface BoardHead {
  readonly name: string;
  /** What a newcomer has to know of it; of the boxes, what each says. */
  readonly says?: string | Readonly<Record<CheckState, string>>;
}

/** A sign, the results that have it, and what that means. */
export interface KeyEntry {
  readonly sign: Sign;
  /** The results' numbers. */
  readonly rows: readonly number[];
  readonly verdict: string;
  readonly means: string;
}

/** The results under the names of what is said of each, and a key to their signs. */
export interface Board {
  readonly key: readonly KeyEntry[];
  readonly heads: readonly BoardHead[];
  readonly rows: readonly BoardRow[];
}

const [WIDE, HIGH] = [84, 14];
const across = (share: number): number => 4 + (WIDE - 8) * Math.min(1, Math.max(0, share));

const forms = {
  hard: (x: number) => `<circle cx="${x.toFixed(1)}" cy="7" r="3.5"/>`,
  easy: (x: number) => `<path d="M${x.toFixed(1)} 3l4 7h-8z"/>`,
  other: (x: number) => `<path d="M${x.toFixed(1)} 2.5l4 4.5l-4 4.5l-4-4.5z"/>`,
} as const;

/** Beyond this power of ten a bar is full. */
const MOST = 14;

/** A check: whole, low, struck through or empty, so that colour is not alone. */
const box: Readonly<Record<CheckState, (x: string, wide: string) => string>> = {
  holds: (x, wide) => `<path d="M${x} 3h${wide}v8h-${wide}z" fill="var(--other)"/>`,
  beside: (x, wide) => `<path d="M${x} 8h${wide}v3h-${wide}z" fill="var(--soft)"/>`,
  against: (x, wide) => `<path d="M${x} 3l${wide} 8m0-8l-${wide} 8" stroke="var(--bad)" stroke-width="1.6"/>`,
  missing: (x, wide) => `<path d="M${x} 3h${wide}v8h-${wide}z" fill="none" stroke="var(--soft)"/>`,
};

function boxes(of: readonly CheckState[]): string {
  const wide = Math.min(8, WIDE / Math.max(1, of.length) - 1.4).toFixed(1);
  return of.map((state, i) => box[state](((i * WIDE) / of.length).toFixed(1), wide)).join("");
}

function sparkInner(spark: Spark): string {
  if (spark.kind === "boxes") return boxes(spark.of);
  const base = `<path d="M4 12.5h${WIDE - 8}" stroke="var(--line)"/>`;
  if (spark.kind === "power") {
    const wide = across(Math.log10(Math.max(1, spark.dimension)) / MOST) - 4;
    return `${base}<rect x="4" y="5" width="${wide.toFixed(1)}" height="5" fill="var(--soft)"/>`;
  }
  const marks = spark.values.map((value) => forms[spark.of](across(value))).join("");
  const goal = `<path d="M${across(0.9).toFixed(1)} 1v12" stroke="var(--soft)" stroke-dasharray="2 2"/>`;
  return `${base}${goal}<g fill="var(--${spark.of})" fill-opacity=".75">${marks}</g>`;
}

const sparkHtml = (spark: Spark | undefined): string =>
  spark === undefined
    ? ""
    : drawingIn(WIDE, HIGH, { "aria-hidden": "true", class: "spark" }, sparkInner(spark));

const factHtml = ({ word, says, href, spark }: BoardFact): string =>
  tag("a", { href, title: says }, escape(word), sparkHtml(spark));

/** What a verdict says, its sign before it. */
export const verdictHtml = ({ sign, verdict }: Pick<BoardRow, "sign" | "verdict">): string =>
  tag("span", { class: "verdict", "data-sign": signs[sign] }, escape(verdict));

/** @param heads of the facts */
function rowHtml(row: BoardRow, heads: readonly BoardHead[]): string {
  const { number, name, at, href, because, facts } = row;
  return tag(
    "tr",
    {},
    tag(
      "th",
      { scope: "row" },
      tag("a", { href }, `${number}. ${escape(name)}`),
      tag("small", {}, escape(at)),
    ),
    tag("td", { class: "said" }, verdictHtml(row), tag("small", {}, escape(because))),
    ...facts.map((fact, i) => tag("td", { "data-head": heads[i].name }, factHtml(fact))),
  );
}

const entryHtml = ({ sign, rows, verdict, means }: KeyEntry): string =>
  tag("li", {}, verdictHtml({ sign, verdict }), `: <b>${rows.join(", ")}</b>. ${escape(means)}`);

/** A box with its meaning. */
const boxHtml = ([state, text]: readonly [CheckState, string]): string =>
  `${drawingIn(9, HIGH, { "aria-hidden": "true" }, box[state]("0.5", "8"))} ${escape(text)}`;

function columnHtml({ name, says }: BoardHead): string {
  if (says === undefined) return "";
  const drawn =
    typeof says === "string"
      ? escape(says)
      : (Object.entries(says) as [CheckState, string][]).map(boxHtml).join(", ");
  return tag("li", {}, `<b>${escape(name)}</b>: ${drawn}`);
}

/** Which result has which verdict, what its sign means, and what the columns say. */
export const keyHtml = ({ key, heads }: Board): string =>
  tag(
    "div",
    { class: "key" },
    tag("ul", { "aria-label": "verdicts" }, ...key.map(entryHtml)),
    tag("ul", { "aria-label": "columns" }, ...heads.map(columnHtml)),
  );

/** The board as a table; on a narrow screen each line is a block of its own. */
export function boardHtml({ heads, rows }: Board): string {
  const head = heads.map(({ name }) => tag("th", { scope: "col" }, escape(name))).join("");
  const body = rows.map((row) => rowHtml(row, heads.slice(2))).join("");
  return tag("table", { class: "board" }, `<thead><tr>${head}</tr></thead><tbody>${body}</tbody>`);
}
