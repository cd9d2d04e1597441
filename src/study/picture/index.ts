/** The drawing of each of the paper's results. */

import type { Picture } from "../../report/card.ts";
import type { RowId } from "../paper.ts";
import { fanoPicture } from "./fano.ts";
import { graphPicture } from "./graph.ts";
import { orbitPicture } from "./orbit.ts";
import { planePicture } from "./plane.ts";
import { shiftsPicture } from "./shifts.ts";
import { oraclePicture, widthsPicture } from "./sketch.ts";
import { termsPicture } from "./terms.ts";

/** By the ids of `paperRows`. */
export const pictures: Readonly<Record<RowId, () => Picture>> = {
  nodes: graphPicture,
  features: planePicture,
  "small-groups": shiftsPicture,
  frames: orbitPicture,
  polynomials: termsPicture,
  proper: fanoPicture,
  models: oraclePicture,
  practice: widthsPicture,
};
