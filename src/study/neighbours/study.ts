/**
 * The neighbours in one figure: for each work of the citation list what its idea changes (examples, time, whether depth
 * can be trained, the dimension of the certificate) and what it leaves, with the numbers of the run's records.
 */

import { recordsOf, type StoredRecord } from "../../run/record.ts";
import { beyondSection } from "../beyond.ts";
import { canonicalTraining } from "../canonical-training/study.ts";
import { canonicalisation } from "../canonicalisation/study.ts";
import { classDistance } from "../class-distance/study.ts";
import { curveAndNeuron } from "../curve-and-neuron/study.ts";
import { graphAccuracy } from "../graph-accuracy/study.ts";
import { graphLawParity } from "../graph-law/study.ts";
import { lorentzInvariants } from "../lorentz/study.ts";
import { minimalFrames } from "../minimal-frames/study.ts";
import { phaseFrameStudy } from "../phase-frame/study.ts";
import { spectralAveraging } from "../spectral-averaging/study.ts";
import type { Scope, Study } from "../study.ts";
import { unitary } from "../unitary/study.ts";
import { unitaryDepth } from "../unitary-depth/study.ts";
import { rowsOf, type Found, type NeighbourRow } from "./rows.ts";

const certified = (records: readonly StoredRecord[], family: string) =>
  recordsOf(records, "certify").filter(({ task }) => task.family === family);

function found(records: readonly StoredRecord[], scope: Scope): Found {
  return {
    spectral: spectralAveraging.read(records, scope)?.[0] ?? null,
    curves: certified(records, "curve-parity"),
    neurons: certified(records, "biased-neuron"),
    learned: curveAndNeuron.read(records, scope),
    frames: minimalFrames.read(records, scope),
    canonicalTraining: canonicalTraining.read(records, scope),
    unitary: unitary.read(records, scope)?.[0] ?? null,
    unitaryTraining: unitaryDepth.read(records, scope),
    phases: phaseFrameStudy.read(records, scope)?.[0] ?? null,
    canonical: canonicalisation.read(records, scope),
    classes: classDistance.read(records, scope),
    accuracies: graphAccuracy.read(records, scope),
    laws: graphLawParity.read(records, scope),
    lorentz: lorentzInvariants.read(records, scope)?.[0] ?? null,
  };
}

export const neighbourSummary: Study<readonly NeighbourRow[]> = {
  id: "neighbours",
  tasks: () => ({}),
  read(records, scope) {
    const rows = rowsOf(found(records, scope));
    return rows.some((row) => row.measured !== null) ? rows : null;
  },
  sections: async (rows, document) => {
    const { neighbourBlocks } = await import("./section.ts");
    return [beyondSection(neighbourBlocks(rows, document))];
  },
};
