/** The hidden set of `frame-parity`, for learners of sets. */

import type { HiddenSet } from "../hidden-set.ts";
import { averagedLabels, type FrameParityHidden } from "./family.ts";
import type { FrameParityValues } from "./params.ts";
import { neighbourMoment, squareMoment } from "./square-moments.ts";

export const hiddenSet: HiddenSet<FrameParityValues, FrameParityHidden> = {
  size: ({ params }) => params.values.k,
  averagedOver: ({ params: { values } }) => (values.frame === "reynolds" ? values.group : null),
  squareMoment,
  neighbourMoment,
  labels: ({ params: { values } }, set) => averagedLabels(values.group, values.frame, set, "parity"),
  hidden: ({ hidden }) => hidden.subset,
};
