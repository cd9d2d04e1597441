/** Tables as LaTeX: what `\input` takes, with no package but LaTeX itself. */

import type { Table } from "./page.ts";

const special: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "²": "$^2$",
  "<": "$<$",
  ">": "$>$",
  '"': "''",
  "|": "$|$",
};

/** Text as LaTeX sets it. */
const latexText = (text: string): string =>
  text.replaceAll(/[\\~^²<>"|&%$#_{}]/g, (c) => special[c] ?? `\\${c}`);

const isNumber = (cell: string): boolean => cell === "-" || cell === "" || Number.isFinite(Number(cell));

/** A `tabular`; columns of numbers are set to the right. */
export function latexTable({ head, rows }: Table): string {
  const columns = head.map((_, c) => (rows.length > 0 && rows.every((row) => isNumber(row[c])) ? "r" : "l"));
  const line = (cells: readonly string[]): string => `${cells.map(latexText).join(" & ")} \\\\`;
  return [
    `\\begin{tabular}{${columns.join("")}}`,
    "\\hline",
    line(head),
    "\\hline",
    ...rows.map(line),
    "\\hline",
    "\\end{tabular}",
    "",
  ].join("\n");
}
