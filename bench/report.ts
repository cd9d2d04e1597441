/** What a run of the benchmark leaves: JSON, a chart, and a table ready for the README. */

import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { median } from "../src/base/statistics.ts";
import { type Timing } from "./contender.ts";

/** One line of the table: what was measured, what it must reach. */
export interface Row {
  readonly measure: string;
  readonly value: string;
  /** The value as a number, in the unit of `target`. */
  readonly number: number;
  readonly target: { readonly atLeast?: number; readonly atMost?: number };
  readonly unit: string;
  /** Where the target comes from. */
  readonly because?: string;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly load: number;
}

export const machine = (): Machine => ({
  processor: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  load: loadavg()[0],
});

const met = ({ number, target }: Row): boolean =>
  number >= (target.atLeast ?? -Infinity) && number <= (target.atMost ?? Infinity);

const targetText = ({ target: { atLeast, atMost }, unit, because }: Row): string => {
  const limit = atLeast === undefined ? `at most ${atMost} ${unit}` : `at least ${atLeast} ${unit}`;
  return because === undefined ? limit : `${limit} (${because})`;
};

export function markdown(
  rows: readonly Row[],
  on: Machine,
  versions: readonly string[],
  date: string,
): string {
  const busy = on.load > 1 ? `, under a load of ${on.load.toFixed(1)}` : "";
  return [
    `Measured ${date} on ${on.processor}, ${on.cores} cores, Node ${on.node}; ${versions.join(", ")}${busy}. One thread and processor time unless said; medians of interleaved rounds.`,
    "",
    "| measure | measured | wanted | |",
    "| --- | --- | --- | --- |",
    ...rows.map((r) => `| ${r.measure} | ${r.value} | ${targetText(r)} | ${met(r) ? "met" : "missed"} |`),
  ].join("\n");
}

export interface Race {
  readonly title: string;
  readonly timings: readonly Timing[];
}

/** Horizontal bars of median steps a second, one panel a race. */
export function chart(races: readonly Race[]): string {
  const [label, bar, row] = [190, 420, 20];
  const escape = (s: string): string => s.replace(/[&<]/g, (c) => (c === "&" ? "&amp;" : "&lt;"));
  const unit = "Training steps a second of processor time";
  const parts = [`<text x="0" y="16">${unit}</text>`];
  let y = 48;
  for (const { title, timings } of races) {
    parts.push(`<text x="0" y="${y}" font-weight="bold">${escape(title)}</text>`);
    const medians = timings.map((t) => median(t.cpuRates));
    const most = Math.max(...medians);
    for (const [i, t] of timings.entries()) {
      y += row;
      const width = Math.max(1, (bar * medians[i]) / most);
      const colour = t.name.startsWith("equihard") ? "#0072B2" : "#999999";
      parts.push(
        `<text x="${label - 6}" y="${y}" text-anchor="end">${escape(t.name)}</text>`,
        `<rect x="${label}" y="${y - 11}" width="${width.toFixed(1)}" height="14" fill="${colour}"/>`,
        `<text x="${(label + width + 6).toFixed(1)}" y="${y}">${medians[i].toFixed(0)}</text>`,
      );
    }
    y += 2 * row;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${label + bar + 60}" height="${y}" font-family="sans-serif" font-size="12">
<title>${unit}</title>
${parts.join("\n")}
</svg>
`;
}
