/** The report's lead: a failure that a certificate speaks of, and one that a theorem covers. */

import { figure, paragraph, sentences, type Section } from "../../report/page.ts";
import { comparisonFigure } from "../comparison/figure.ts";
import { cellTable } from "../failing/section.ts";
import { conditions, type CertifiedFailure } from "./study.ts";

const INTRODUCTION = sentences(
  "A plane of two directions hides in 256 features; the certificate holds for the graph drawn here, over all planes.",
  "Fresh batches: Adam on a network that holds the target. Every entry of a gradient counts as one query; where",
  "their number is below the certified one, a learner that must survive every answer of that tolerance fails on",
  "some plane.",
  "Sampling noise is no such adversary: of this training nothing is proved.",
  "Exact gradients with noise: population gradients in closed form, Gaussian noise on every entry, weights projected",
  "onto a ball. For that algorithm it is a theorem that a correlation above 1/2 has at most the probability in the",
  'last column, over the draw of the plane. "Null labels" is the run that the proof compares with: its gradients have',
  "no part with the label.",
);

export function failureSections({ runs, cells }: CertifiedFailure, document: Document): Section[] {
  const drawing = {
    name: "certified-failure-runs",
    title: "Hidden planes in 256 features",
    across: "what is learned, and by whom",
    ordered: false,
    conditions: conditions.filter((of) => runs.some((r) => r.condition === of)),
  };
  return [
    {
      id: "certified-failure",
      title: "A failure that a certificate speaks of",
      blocks: [
        paragraph(INTRODUCTION),
        figure(comparisonFigure(drawing, runs, document), caption()),
        cellTable(cells),
      ],
    },
  ];
}

const caption = (): string =>
  sentences(
    "Explained variance of fresh labels, one dot a run.",
    "A run at 0 is no better than a constant; that it would never learn does not follow.",
  );
