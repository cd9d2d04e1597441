/** The neighbours in one figure. */

import * as Plot from "@observablehq/plot";
import type { Figure } from "../../report/drawing.ts";
import { colours, figureOf, plot } from "../../report/figure.ts";
import { figure, sentences, table, type Block } from "../../report/page.ts";
import { telling } from "../../report/tell.ts";
import { controls } from "./controls.ts";
import { aspects, type Aspect, type NeighbourRow } from "./rows.ts";

const nothing = "not in this run";

/** Left edge of the names, from the first column. */
const NAMES = -266;

/** How many works change the certificate, what learning costs alone, and neither. */
function message(rows: readonly NeighbourRow[]): string {
  const own = rows.filter((r) => r.changes.includes("d_eff")).length;
  const cost = rows.filter((r) => r.changes.length > 0 && !r.changes.includes("d_eff")).length;
  return sentences(
    `Of ${rows.length} neighbouring works ${own} change what is certified,`,
    `${cost} what learning costs, ${rows.length - own - cost} neither`,
  );
}

/** What stands left and right of the columns, and above them. */
function words(rows: readonly NeighbourRow[]): Plot.Markish[] {
  const text = { textAnchor: "start", fill: "currentColor" } as const;
  const left = { ...text, y: "work", frameAnchor: "left", dx: NAMES } as const;
  return [
    Plot.text(rows, { ...left, dy: -8, fontWeight: "bold", text: "work" }),
    Plot.text(rows, { ...left, dy: 8, text: "idea" }),
    Plot.text(rows, {
      ...text,
      y: "work",
      frameAnchor: "right",
      dx: 16,
      lineWidth: 21,
      text: (row: NeighbourRow) => row.measured ?? nothing,
    }),
    Plot.text(["\u25cf changed   \u25cb left alone"], {
      ...text,
      frameAnchor: "top-left",
      dx: NAMES,
      dy: -27,
    }),
    Plot.text(["measured"], { ...text, frameAnchor: "top-right", dx: 16, dy: -27 }),
  ];
}

export function neighbourFigure(rows: readonly NeighbourRow[], document: Document): Figure {
  const title = message(rows);
  const cells = rows.flatMap((row, number) =>
    aspects.map((aspect) => ({ row: row.work, number, aspect, changed: row.changes.includes(aspect) })),
  );
  const colour = (c: { aspect: Aspect }): string => (c.aspect === "d_eff" ? colours.hard : colours.easy);
  const svg = plot(document, title, {
    height: 70 + 46 * rows.length,
    marginLeft: 280,
    marginRight: 320,
    marginTop: 40,
    marginBottom: 10,
    grid: false,
    x: { type: "point", domain: [...aspects], axis: "top", label: null, tickSize: 0 },
    y: { type: "point", domain: rows.map((r) => r.work), axis: null },
    marks: [
      Plot.ruleY(rows, { y: "work", stroke: colours.baseline, strokeOpacity: 0.25 }),
      Plot.dot(cells, {
        ...telling(cells.map((c) => c.number)),
        x: "aspect",
        y: "row",
        r: 6,
        stroke: colour,
        fill: (c: { aspect: Aspect; changed: boolean }) => (c.changed ? colour(c) : "none"),
      }),
      ...words(rows),
    ],
  });
  const data = rows.map(({ work, idea, changes, measured }) => ({
    work,
    idea,
    changes: changes.join(" "),
    measured,
  }));
  return figureOf("neighbours", title, svg, data);
}

export function neighbourCaption(rows: readonly NeighbourRow[]): string {
  const count = (aspect: Aspect): number => rows.filter((r) => r.changes.includes(aspect)).length;
  const shown = rows.filter((r) => r.measured !== null).length;
  return sentences(
    "Filled: what the idea changes, by construction; open: what it leaves alone.",
    "How much of it this run sees stands on the right, and may be little.",
    `Of ${rows.length} works ${count("d_eff")} ask about other targets or`,
    "laws and so have a dimension of their own; the others change the student, its cost or its training, or say why it",
    "fails, and the certificate is blind to all that only changes the student.",
    `On the right a number of this run's records (${shown} of ${rows.length}).`,
  );
}

export const neighbourBlocks = (rows: readonly NeighbourRow[], document: Document): Block[] => [
  figure(neighbourFigure(rows, document), neighbourCaption(rows)),
  table(
    ["work", "what has to succeed", "what has to fail", "what of it is here"],
    rows.map(({ work }, i) => [work, controls[i].succeeds, controls[i].fails, controls[i].represents]),
  ),
];
