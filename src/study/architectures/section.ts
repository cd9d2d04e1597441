/** The report's table of architectures. */

import { shownBelow } from "../../numeric/rounding.ts";
import { paragraph, sentences, table, type Section } from "../../report/page.ts";
import type { Measured } from "./study.ts";

const INTRODUCTION = sentences(
  "Networks that gradient descent made hard to tell apart; what it found is frozen and certified exactly (certify",
  "network): of one hidden layer of relus without biases on standard normal inputs, deeper ones with biases for the",
  "uniform law on inputs that were drawn once.",
  "Random: the dimension of the weights that it started from. Polygons: of as many drawn targets of the hidden-plane",
  "families with no more relus, or of all their rotations.",
  "Whoever learns every network of an architecture learns these too, so its worst case is at least as hard; of its",
  "average nothing is said. A search that finds little proves little.",
);

/** What other columns say, or what all have alike. */
const elsewhere = ["student", "law", "members", "orbit"];

function size({ params, inputs }: Measured): string {
  const own = Object.entries(params).filter(
    ([name, value]) => !elsewhere.includes(name) && !(name === "layers" && value === 1),
  );
  const said = own.map(
    ([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
  );
  return [...said, ...(inputs === undefined ? [] : [`${inputs} inputs`])].join(", ");
}

const row = (found: Measured): string[] => {
  const { params, members, start, end, polygon } = found;
  return [
    String(params["student"]),
    size(found),
    members === null ? "one, all rotations" : String(members),
    shownBelow(start, 4),
    shownBelow(end, 4),
    polygon === null ? "none" : `${shownBelow(polygon.dimension, 4)} (k = ${polygon.k})`,
  ];
};

export const architectureSections = (found: readonly Measured[]): Section[] => [
  {
    id: "architectures",
    title: "How hard an architecture is",
    blocks: [
      paragraph(INTRODUCTION),
      table(["architecture", "size", "members", "random", "d_eff found", "polygons"], found.map(row)),
    ],
  },
];
