/** The neighbours in one figure. */

import * as Plot from "@observablehq/plot";
import type { Figure } from "../../report/drawing.ts";
import { colours, figureOf, plot } from "../../report/figure.ts";
import { figure, sentences, type Block } from "../../report/page.ts";
import { aspects, type Aspect, type NeighbourRow } from "./rows.ts";

const nothing = "not in this run";

export function neighbourFigure(rows: readonly NeighbourRow[], document: Document): Figure {
  const own = rows.filter((r) => r.changes.includes("d_eff")).length;
  const title = sentences(
    `Of ${rows.length} neighbouring works ${own} change what is certified,`,
    "the others the student or its cost",
  );
  const name = (row: NeighbourRow): string => `${row.work}: ${row.idea}`;
  const cells = rows.flatMap((row) =>
    aspects.map((aspect) => ({ row: name(row), aspect, changed: row.changes.includes(aspect) })),
  );
  const svg = plot(document, title, {
    width: 1090,
    height: 70 + 38 * rows.length,
    marginLeft: 400,
    marginRight: 330,
    marginTop: 36,
    marginBottom: 10,
    grid: false,
    x: { type: "point", domain: [...aspects], axis: "top", label: null },
    y: { type: "point", domain: rows.map(name), label: null },
    marks: [
      Plot.ruleY(rows, { y: name, stroke: colours.baseline, strokeOpacity: 0.25 }),
      Plot.dot(cells, {
        x: "aspect",
        y: "row",
        r: 6,
        stroke: (c: { aspect: Aspect }) => (c.aspect === "d_eff" ? colours.hard : colours.easy),
        fill: (c: { aspect: Aspect }) => (c.aspect === "d_eff" ? colours.hard : colours.easy),
        fillOpacity: (c: { changed: boolean }) => Number(c.changed),
      }),
      Plot.text(rows, {
        y: name,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 16,
        lineWidth: 23,
        text: (row: NeighbourRow) => row.measured ?? nothing,
        fill: "currentColor",
      }),
    ],
  });
  const table = rows.map(({ work, idea, changes, measured }) => ({
    work,
    idea,
    changes: changes.join(" "),
    measured,
  }));
  return figureOf("neighbours", title, svg, table);
}

export function neighbourCaption(rows: readonly NeighbourRow[]): string {
  const count = (aspect: Aspect): number => rows.filter((r) => r.changes.includes(aspect)).length;
  const shown = rows.filter((r) => r.measured !== null).length;
  return sentences(
    "Filled: changed; open: left alone, by construction.",
    `Of ${rows.length} works ${count("d_eff")} ask about other targets or`,
    "laws and so have a dimension of their own; the others change the student, its cost or its training,",
    "and the certificate is blind to all that only changes the student.",
    `On the right a number of this run's records (${shown} of ${rows.length}).`,
  );
}

export const neighbourBlocks = (rows: readonly NeighbourRow[], document: Document): Block[] => [
  figure(neighbourFigure(rows, document), neighbourCaption(rows)),
];
