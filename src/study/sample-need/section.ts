/** The report's part on what the escapes need. */

import { figure, sentences, type Block } from "../../report/page.ts";
import { degreeNeedCaption, degreeNeedFigure, needTimeFigure, sampleNeedFigure } from "./figure.ts";
import type { TimedNeed } from "./study.ts";

/** The figures that there are needs for: examples and seconds against a size, examples against a degree. */
export function needBlocks(timed: readonly TimedNeed[], document: Document): Block[] {
  const grows = timed.filter(({ need }) => need.against === undefined);
  const measured = grows.filter(({ times }) => times.length > 1);
  const degrees = timed.filter(({ need }) => need.against === "value").map(({ need }) => need);
  const blocks: Block[] = [];
  if (grows.length > 0) {
    const drawn = sampleNeedFigure(
      grows.map(({ need }) => need),
      document,
    );
    blocks.push(figure(drawn, NEED));
  }
  if (measured.length > 0) blocks.push(figure(needTimeFigure(measured, document), TIME));
  if (degrees.length > 0)
    blocks.push(figure(degreeNeedFigure(degrees, document), degreeNeedCaption(degrees)));
  return blocks;
}

const NEED = sentences(
  "The least number tried, doubling, with which at least three quarters of the seeds succeed.",
  "Exponents are slopes of the logarithms, over the values whose need was found:",
  "about 1 is linear, and any constant one a polynomial cost.",
);

const TIME = sentences(
  "Wall-clock time of a run with that number of examples, drawing and testing included:",
  "a measurement of this machine. A constant exponent is a polynomial cost.",
);
