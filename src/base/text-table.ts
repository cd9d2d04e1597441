/** Tables as text. */

/** Columns of text, padded; what tables look like on a terminal. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((h, c) => Math.max(h.length, ...rows.map((r) => r[c].length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((x, c) => x.padEnd(widths[c]))
      .join("  ")
      .trimEnd();
  return [line(head), ...rows.map(line)];
}
