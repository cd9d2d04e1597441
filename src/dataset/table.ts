/** Tables of numbers as text, cells separated by commas, semicolons or tabs. */

import { reject } from "../base/errors.ts";

export interface NumberTable {
  readonly head: readonly string[];
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly values: Float64Array;
}

/** Most cells of a table that is read. */
const mostCells = 20_000_000;

/** Whether a cell is a finite number. */
export const isNumber = (cell: string): boolean => cell !== "" && Number.isFinite(Number(cell));

/** @throws InputError for text that is no table of numbers, with the line */
export function readTable(bytes: Uint8Array, where: string): NumberTable {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  while (lines.at(-1)?.trim() === "") lines.pop();
  const cells = (line: string): string[] =>
    line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  const first = cells(lines[0] ?? "");
  const headed = !first.every(isNumber);
  const body = headed ? lines.slice(1) : lines;
  const columns = first.length;
  if (body.length === 0 || body[0].trim() === "") reject({ where, what: "holds no rows of numbers" });
  if (body.length * columns > mostCells)
    reject({
      where,
      what: `${body.length} rows of ${columns} numbers`,
      allowed: `${mostCells} in all`,
    });
  const values = new Float64Array(body.length * columns);
  for (const [i, line] of body.entries()) {
    const row = cells(line);
    const bad = row.length === columns ? row.find((cell) => !isNumber(cell)) : `${row.length} cells`;
    if (bad?.includes("\uFFFD") === true)
      reject({ where, what: "is no text", allowed: "a table of numbers, cells separated by commas or tabs" });
    if (bad !== undefined)
      reject({
        where: `${where}, line ${i + 1 + Number(headed)}`,
        what: `"${bad.slice(0, 40)}"`,
        allowed: columns === 1 ? "a number" : `${columns} numbers`,
      });
    values.set(row.map(Number), i * columns);
  }
  const head = headed ? first : first.map((_, j) => `column ${j + 1}`);
  return { head, rows: body.length, columns, values };
}
