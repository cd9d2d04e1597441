/** The report's part on the correlations of hidden planes. */

import { figure, type Block } from "../../report/page.ts";
import {
  correlationCaption,
  correlationFigure,
  gramCaption,
  gramFigure,
  growthCaption,
  growthFigure,
} from "./figure.ts";
import type { PlaneStatistics } from "./study.ts";

export const planeBlocks = (found: PlaneStatistics, document: Document): Block[] => [
  figure(correlationFigure(found, document), correlationCaption(found)),
  figure(growthFigure(found, document), growthCaption(found)),
  figure(gramFigure(found, document), gramCaption(found)),
];
