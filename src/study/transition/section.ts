/** The report's section on where gradient descent stops. */

import { figure, paragraph, sentences, type Section } from "../../report/page.ts";
import { transitionCaption, transitionFigure } from "./figure.ts";
import type { TransitionMap } from "./study.ts";

const INTRODUCTION = sentences(
  "Each family's own architecture, trained on fresh samples of the hard target and of its easy twin",
  "with the same hidden parameters and budget.",
  "Explained variance on fresh samples: above 0.9 counts as learned.",
  "Not learned by the last step is a censored observation.",
);

export const transitionSections = (maps: readonly TransitionMap[], document: Document): Section[] => [
  {
    id: "transition",
    title: "Where gradient descent stops: transition maps",
    blocks: [
      paragraph(INTRODUCTION),
      ...maps.map(({ grid, cells }) =>
        figure(transitionFigure(grid, cells, document), transitionCaption(grid, cells)),
      ),
    ],
  },
];
