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
};
