/** How each study's sentences are checked, by the study's id. */

import { averageMember } from "./average-member.ts";
import { canonicalTraining } from "./canonical-training.ts";
import { certifiedFailure } from "./certified-failure.ts";
import { curveAndNeuron } from "./curve-and-neuron.ts";
import { degreeParity } from "./degree-parity.ts";
import { dose } from "./dose.ts";
import { elimination } from "./elimination.ts";
import { fixedSet } from "./fixed-set.ts";
import { labelNoise } from "./label-noise.ts";
import { matrix } from "./matrix.ts";
import { overparameterised } from "./overparameterised.ts";
import { starts } from "./starts.ts";
import { students } from "./students.ts";
import { tuning } from "./tuning.ts";
import { unitaryTraining } from "./unitary-training.ts";
import { planes } from "./planes.ts";
import { frames } from "./frames.ts";
import { invariantDimensions } from "./invariant-dimensions.ts";
import { play } from "./play.ts";
import { sampleCurve } from "./sample-curve.ts";
import { sampleNeed } from "./sample-need.ts";
import { reductionInstances } from "./reduction-instances.ts";
import { reductionTimes } from "./reduction-times.ts";
import { losses } from "./losses.ts";
import { transition } from "./transition.ts";
import { escapes } from "./escapes.ts";
import { failing } from "./failing.ts";
import { certificates } from "./certificates.ts";
import { architectures } from "./architectures.ts";
import { diagnosis } from "./diagnosis.ts";
import { averagingComplexity } from "./averaging-complexity.ts";
import { canonicalisation } from "./canonicalisation.ts";
import { classDistance } from "./class-distance.ts";
import { graphAccuracy } from "./graph-accuracy.ts";
import { distributionShift } from "./distribution-shift.ts";
import { graphLawParity } from "./graph-law-parity.ts";
import { minimalFrames } from "./minimal-frames.ts";
import { phaseFrame } from "./phase-frame.ts";
import { unitary } from "./unitary.ts";
import { lorentzInvariants } from "./lorentz-invariants.ts";
import { spectralAveraging } from "./spectral-averaging.ts";
import { neighbours } from "./neighbours.ts";
import type { Truth } from "./rule.ts";

export const truths: Readonly<Record<string, Truth>> = {
  "degree-parity": degreeParity,
  "certified-failure": certifiedFailure,
  tuning,
  starts,
  overparameterised,
  "fixed-set": fixedSet,
  students,
  dose,
  "label-noise": labelNoise,
  "average-member": averageMember,
  "canonical-training": canonicalTraining,
  "unitary-training": unitaryTraining,
  "curve-and-neuron": curveAndNeuron,
  elimination,
  matrix,
  planes,
  frames,
  "invariant-dimensions": invariantDimensions,
  play,
  "sample-curve": sampleCurve,
  "sample-need": sampleNeed,
  "reduction-instances": reductionInstances,
  "reduction-times": reductionTimes,
  losses,
  transition,
  escapes,
  failing,
  certificates,
  architectures,
  diagnosis,
  "averaging-complexity": averagingComplexity,
  canonicalisation,
  "class-distance": classDistance,
  "graph-accuracy": graphAccuracy,
  "distribution-shift": distributionShift,
  "graph-law-parity": graphLawParity,
  "minimal-frames": minimalFrames,
  "phase-frame": phaseFrame,
  unitary,
  "lorentz-invariants": lorentzInvariants,
  "spectral-averaging": spectralAveraging,
  neighbours,
};
