/** Records of any of the program's files as rows of plain columns. */

export type Row = Readonly<Record<string, string | number>>;

/** Most rows that are drawn. */
const most = 20_000;

/** @throws Error in words for a text that is neither JSON, JSON Lines nor CSV */
export function rowsOf(text: string, name: string): Row[] {
  const rows = /\.csv$/i.test(name) ? csvRows(text) : jsonRows(text, name);
  if (rows.length === 0) throw new Error(`${name} holds no records`);
  return rows.slice(0, most);
}

function csvRows(text: string): Row[] {
  const [head = "", ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const names = cells(head);
  return lines.map((line) => {
    const values = cells(line);
    return Object.fromEntries(names.map((column, i) => [column, plain(values[i] ?? "")]));
  });
}

/** Cells of a line of CSV, quotes undone. */
const cells = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "",
  );

const plain = (cell: string): string | number =>
  cell !== "" && Number.isFinite(Number(cell)) ? Number(cell) : cell;

function jsonRows(text: string, name: string): Row[] {
  const documents =
    whole(text) ?? text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [parsed(line, name)]));
  return documents.map((document) => flat(document));
}

function whole(text: string): unknown[] | null {
  try {
    const document: unknown = JSON.parse(text);
    return Array.isArray(document) ? document : listIn(document);
  } catch {
    return null;
  }
}

/** The curve of one training, the rows of a figure; else the document itself. */
function listIn(document: unknown): unknown[] {
  const { curve, rows } = (document ?? {}) as { curve?: unknown; rows?: unknown };
  return [curve, rows].find(Array.isArray) ?? [document];
}

function parsed(line: string, name: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(
      `${name} is neither JSON, JSON Lines nor CSV: of a run's folder, drop records.jsonl or a CSV of figures`,
    );
  }
}

/** Nested fields by their paths; lists are left out. */
function flat(value: unknown, path = "", into: Record<string, string | number> = {}): Row {
  if (typeof value === "number" || typeof value === "string") into[path] = value;
  else if (typeof value === "boolean") into[path] = String(value);
  else if (typeof value === "object" && value !== null && !Array.isArray(value))
    for (const [name, inner] of Object.entries(value))
      flat(inner, path === "" ? name : `${path}.${name}`, into);
  return into;
}

/** Columns by whether they hold numbers. */
export function columnsOf(rows: readonly Row[]): { readonly numbers: string[]; readonly all: string[] } {
  const all = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { all, numbers: all.filter((name) => rows.some((row) => typeof row[name] === "number")) };
}

/** A point of a curve: the median of the rows there, and their least and largest. */
export interface Band {
  readonly x: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Curves by the value of a column. */
export function bandsOf(rows: readonly Row[], x: string, y: string, by: string): Map<string, Band[]> {
  const groups = new Map<string, Map<number, number[]>>();
  for (const row of rows) {
    const [px, py] = [row[x], row[y]];
    if (typeof px !== "number" || typeof py !== "number") continue;
    const name = by === "" ? y : String(row[by] ?? "none");
    const group = groups.get(name) ?? new Map<number, number[]>();
    groups.set(name, group);
    group.set(px, [...(group.get(px) ?? []), py]);
  }
  return new Map(
    [...groups].map(([name, group]) => [name, [...group].sort(([a], [b]) => a - b).map(bandOf)]),
  );
}

function bandOf([x, values]: [number, number[]]): Band {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { x, median, low: sorted[0], high: sorted[sorted.length - 1] };
}
