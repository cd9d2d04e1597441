/** Examples in characters: the adjacency matrix of a graph with its degrees, numbers as bars. */

/** Nodes up to which a graph is drawn; of larger ones the degrees are listed. */
const mostNodes = 60;
/** Rows and columns of numbers that are shown. */
const mostNumbers = 60;
const mostRows = 40;
const bars = "▁▂▃▄▅▆▇█";
/** Numbers beyond this size, in either direction, have the lowest or highest bar. */
const widest = 2;

/**
 * One line a node: its row of the adjacency matrix, and its (out-)degree.
 * @param adjacency row-major n x n
 */
export function drawGraph(adjacency: ArrayLike<number>, degrees: ArrayLike<number>, n: number): string[] {
  const listed = `degrees ${Array.from(degrees).join(" ")}`;
  if (n > mostNodes) return [`a graph on ${n} nodes`, listed];
  const row = (i: number): string =>
    Array.from({ length: n }, (_, j) => (adjacency[i * n + j] === 1 ? "■" : "·")).join(" ");
  return [...Array.from({ length: n }, (_, i) => `  ${row(i)}   ${degrees[i]}`), listed];
}

/** One line a row: a bar for each number between -2 and 2, then the first of them in digits. */
export function drawNumbers(entries: ArrayLike<number>, shape: readonly number[]): string[] {
  const columns = shape.at(-1) ?? 1;
  const rows = entries.length / columns;
  const bar = (x: number): string =>
    bars[Math.max(0, Math.min(bars.length - 1, Math.floor(((x + widest) / (2 * widest)) * bars.length)))];
  const lines = Array.from({ length: Math.min(rows, mostRows) }, (_, i) => {
    const row = Array.from({ length: columns }, (__, j) => entries[i * columns + j]);
    const drawn = row.slice(0, mostNumbers).map(bar).join("");
    const digits = row.slice(0, 6).map((x) => x.toFixed(2));
    return `  ${drawn}   ${digits.join(" ")}${columns > 6 ? " ..." : ""}`;
  });
  return rows > mostRows ? [...lines, `  ... ${rows} rows in all`] : lines;
}
