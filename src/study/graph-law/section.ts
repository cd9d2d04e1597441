/** The report's part on hard laws of graphs. */

import { shownBelow } from "../../numeric/rounding.ts";
import { paragraph, sentences, table, type Block } from "../../report/page.ts";
import type { GraphLawSize } from "./study.ts";

const whole = (values: readonly number[]): string => [...new Set(values)].sort((a, b) => a - b).join(" to ");

export function graphLawText(sizes: readonly GraphLawSize[]): string {
  const found = sizes.map(({ n, views }) => {
    const [tilted, uniform] = views;
    const right = tilted.ranks.filter((r, seed) => r === n - 2 && uniform.ranks[seed] === n - 1).length;
    return `${right} of ${tilted.ranks.length} seeds at n = ${n}`;
  });
  return sentences(
    "Laws of graphs in place of labels: uniform graphs, tilted by a hidden degree parity.",
    "Telling each of them from uniform graphs takes more than (tau/eps)^2 d_eff statistical queries of tolerance tau,",
    `with d_eff at least ${sizes.map((s) => `${shownBelow(s.dimension, 3)} at n = ${s.n}`).join(", ")}: small numbers,`,
    "which grow with n. Where the tilt is whole, eps = 1, linear equations over two elements see it:",
    "the rank of (pi, 1) is n - 2 in place of n - 1, and the one further equation is the hidden set",
    `(${found.join("; ")}). A tilt by the number of edges, the easy twin, leaves the rank and moves the mean.`,
    "Training a generator by squared loss on noised graphs asks statistical queries of this kind;",
    "no generator is trained here, and the laws are our own: Karami et al. 2024 generate graphs and prove no hardness.",
  );
}

export const graphLawBlocks = (sizes: readonly GraphLawSize[]): Block[] => [
  paragraph(graphLawText(sizes)),
  table(
    ["nodes", "samples", "law", "rank of (pi, 1)", "edges, shift in sd", "mean of the parity"],
    sizes.flatMap(({ n, samples, views }) =>
      views.map((v) => [
        `${n}`,
        `${samples}`,
        v.law,
        whole(v.ranks),
        v.edgeShift.toFixed(2),
        v.parityMean.toFixed(2),
      ]),
    ),
  ),
];
