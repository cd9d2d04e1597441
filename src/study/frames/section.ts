/** The report's part on group averages. */

import { figure, type Block } from "../../report/page.ts";
import {
  averagedNormCaption,
  averagedNormFigure,
  frameDimensionCaption,
  frameDimensionFigure,
  largestCorrelationCaption,
  largestCorrelationFigure,
} from "./figure.ts";
import type { FrameStatistics } from "./study.ts";

export const frameBlocks = (found: FrameStatistics, document: Document): Block[] => [
  figure(frameDimensionFigure(found, document), frameDimensionCaption(found)),
  figure(averagedNormFigure(found, document), averagedNormCaption(found)),
  figure(largestCorrelationFigure(found, document), largestCorrelationCaption(found)),
];
