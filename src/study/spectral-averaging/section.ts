/** The report's part on exact symmetry by generators. */

import { mean } from "../../base/statistics.ts";
import { paragraph, sentences, table, type Block } from "../../report/page.ts";
import type { SpectralAveraging } from "./study.ts";

const seconds = (value: number | null | undefined): string =>
  value === null || value === undefined ? "not run" : `${value.toPrecision(2)} s`;

export function spectralText({ groups }: SpectralAveraging): string {
  const ratios = groups.map(({ group, functions, invariant, samples }) => {
    const last = samples[samples.length - 1];
    const measured = (mean(last.plain) / mean(last.invariant)).toPrecision(2);
    const factor = (functions / invariant).toPrecision(2);
    return `${group}: ${functions} functions to ${invariant}, a factor ${factor}, measured ${measured}`;
  });
  const differences = groups.flatMap((g) => (g.averagedDifference === null ? [] : [g.averagedDifference]));
  return sentences(
    "Random invariant polynomials, fitted by means over monomial orbits that the generators alone make.",
    `The squared error falls with the number of functions: ${ratios.join("; ")}.`,
    differences.length === 0
      ? undefined
      : `It is the average over all elements, to ${Math.max(...differences).toExponential(0)}, at the cost of one.`,
    "So symmetry saves examples, by dim V / dim V^G, and need not cost time; the certificate loses the same factor.",
    "After Soleymani et al. 2025, with plain means and union-find for their projections.",
  );
}

export const spectralBlocks = (found: SpectralAveraging): Block[] => [
  paragraph(spectralText(found)),
  table(
    [
      "group",
      "order",
      "examples",
      "error, no symmetry",
      "by generators",
      "kernel ridge",
      "time by generators",
      "over all elements",
      "kernel ridge",
    ],
    found.groups.flatMap(({ group, order, samples }) => {
      const time = found.times.find((t) => t.group === group);
      return samples.map((s) => [
        group,
        `${order}`,
        `${s.samples}`,
        mean(s.plain).toPrecision(2),
        mean(s.invariant).toPrecision(2),
        s.kernel === null ? "not run" : mean(s.kernel).toPrecision(2),
        seconds(time?.invariant),
        seconds(time?.averaged),
        s.kernel === null ? "not run" : seconds(time?.kernel),
      ]);
    }),
  ),
];
