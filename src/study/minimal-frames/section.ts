/** The report's part on minimal frames. */

import { mean } from "../../base/statistics.ts";
import { paragraph, sentences, table, type Block } from "../../report/page.ts";
import type { MinimalFrames } from "./study.ts";

const power = (x: number): string => (x === 0 ? "0" : x.toExponential(0));

export function minimalFrameText({ graphs, regular, clouds, collinear }: MinimalFrames): string {
  const last = graphs[graphs.length - 1];
  const wrong = graphs.reduce((sum, g) => sum + g.mismatches, 0);
  const many = graphs.reduce((sum, g) => sum + g.sizes.length, 0);
  const lost = collinear.map((c) => `${power(c.error)} at distance ${power(c.distance)}`);
  return sentences(
    "A frame has at least as many elements as the input has symmetries of its own, and a minimal one no more:",
    `for uniform graphs on ${last.n} nodes ${last.exact.toPrecision(4)} network passes on average, exactly,`,
    `${mean(last.sizes).toPrecision(4)} measured, in place of ${last.n}!.`,
    wrong === 0
      ? `Every canonical form was the same after relabelling (${many} series of graphs).`
      : `${wrong} canonical forms changed with the labels.`,
    "On regular graphs with node features the whole frame is needed:",
    `${regular
      .map(
        (r) =>
          `${r.graph}, ${r.elements} elements: change ${power(r.wholeFrame)}, of one element ${power(r.oneElement)}`,
      )
      .join("; ")}.`,
    "Points by Gram-Schmidt, one element:",
    `${clouds.map((c) => `${c.group} ${power(c.moved)}, moved by another group ${power(c.outside)}`).join("; ")};`,
    `nearly collinear points lose it: ${lost.join(", ")}.`,
    "After Lin et al. 2024, by our own search instead of nauty.",
    "The certificate does not change: it is the same family and another student; exact symmetry is cheap, and was",
    "never what makes learning hard.",
  );
}

export const minimalFrameBlocks = (found: MinimalFrames): Block[] => [
  paragraph(minimalFrameText(found)),
  table(
    [
      "nodes",
      "elements of the minimal frame, exact mean",
      "measured",
      "standard error",
      "share with one element",
    ],
    found.graphs.map((g) => [
      `${g.n}`,
      g.exact.toPrecision(5),
      mean(g.sizes).toPrecision(5),
      g.standardError.toPrecision(2),
      g.single.toFixed(3),
    ]),
  ),
];
