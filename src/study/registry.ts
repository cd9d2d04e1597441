/** The program's studies, in the order of the report; and all that it has built in. */

import { families } from "../family/registry.ts";
import { learners } from "../learner/registry.ts";
import type { Catalogue } from "../run/catalogue.ts";
import { certificates } from "./certificates/study.ts";
import { degreeParity } from "./degree-parity/study.ts";
import { escapes } from "./escapes/study.ts";
import { frames } from "./frames/study.ts";
import { invariantDimensions } from "./invariants/study.ts";
import { losses } from "./losses/study.ts";
import { matrix } from "./matrix/study.ts";
import { planes } from "./planes/study.ts";
import { play } from "./play/study.ts";
import { reductionTimes } from "./reduction-times/study.ts";
import { sampleCurve } from "./sample-curve/study.ts";
import { sampleNeed } from "./sample-need/study.ts";
import { catalogueOf, type Study } from "./study.ts";
import { transition } from "./transition/study.ts";

export const studies: readonly Study[] = [
  degreeParity,
  certificates,
  planes,
  frames,
  invariantDimensions,
  play,
  sampleCurve,
  sampleNeed,
  reductionTimes,
  losses,
  transition,
  escapes,
  matrix,
];

export const builtIn: Catalogue = catalogueOf({ families, learners }, studies);
