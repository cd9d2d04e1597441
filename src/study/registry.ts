/** The program's studies, and all that it has built in. */

import { everyFamily } from "../family/neighbours.ts";
import { learners } from "../learner/registry.ts";
import type { Catalogue } from "../run/catalogue.ts";
import { architectures } from "./architectures/study.ts";
import { averagingComplexity } from "./averaging/study.ts";
import { averageMember } from "./average-member/study.ts";
import { canonicalTraining } from "./canonical-training/study.ts";
import { canonicalisation } from "./canonicalisation/study.ts";
import { certificates } from "./certificates/study.ts";
import { certifiedFailure } from "./certified-failure/study.ts";
import { classDistance } from "./class-distance/study.ts";
import { curveAndNeuron } from "./curve-and-neuron/study.ts";
import { degreeParity } from "./degree-parity/study.ts";
import { diagnosis } from "./diagnosis/study.ts";
import { distributionShift } from "./distribution-shift/study.ts";
import { dose } from "./dose/study.ts";
import { elimination } from "./elimination/study.ts";
import { escapes } from "./escapes/study.ts";
import { failing } from "./failing/study.ts";
import { fixedSet } from "./fixed-set/study.ts";
import { frames } from "./frames/study.ts";
import { graphAccuracy } from "./graph-accuracy/study.ts";
import { graphLawParity } from "./graph-law/study.ts";
import { invariantDimensions } from "./invariants/study.ts";
import { labelNoise } from "./label-noise/study.ts";
import { lorentzInvariants } from "./lorentz/study.ts";
import { losses } from "./losses/study.ts";
import { matrix } from "./matrix/study.ts";
import { minimalFrames } from "./minimal-frames/study.ts";
import { neighbourSummary } from "./neighbours/study.ts";
import { overparameterised } from "./overparameterised/study.ts";
import { phaseFrameStudy } from "./phase-frame/study.ts";
import { planes } from "./planes/study.ts";
import { play } from "./play/study.ts";
import { reductionInstances } from "./reduction-instances/study.ts";
import { reductionTimes } from "./reduction-times/study.ts";
import { sampleCurve } from "./sample-curve/study.ts";
import { sampleNeed } from "./sample-need/study.ts";
import { spectralAveraging } from "./spectral-averaging/study.ts";
import { starts } from "./starts/study.ts";
import { students } from "./students/study.ts";
import { catalogueOf, type Study } from "./study.ts";
import { transition } from "./transition/study.ts";
import { tuning } from "./tuning/study.ts";
import { unitary } from "./unitary/study.ts";
import { unitaryDepth } from "./unitary-depth/study.ts";

/** The program's studies, in the order of the report. */
export const studies: readonly Study[] = [
  certifiedFailure,
  degreeParity,
  certificates,
  planes,
  frames,
  invariantDimensions,
  architectures,
  play,
  sampleCurve,
  sampleNeed,
  reductionInstances,
  reductionTimes,
  losses,
  transition,
  escapes,
  elimination,
  matrix,
  failing,
  tuning,
  starts,
  overparameterised,
  fixedSet,
  students,
  dose,
  labelNoise,
  averageMember,
  neighbourSummary,
  curveAndNeuron,
  averagingComplexity,
  canonicalisation,
  classDistance,
  graphAccuracy,
  distributionShift,
  graphLawParity,
  minimalFrames,
  canonicalTraining,
  phaseFrameStudy,
  unitary,
  unitaryDepth,
  lorentzInvariants,
  spectralAveraging,
  diagnosis,
];

/** What tasks may name without anything brought from outside. */
export const builtIn: Catalogue = catalogueOf({ families: everyFamily, learners }, studies);
