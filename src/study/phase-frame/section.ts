/** The report's part on energies over orbits of shifts. */

import { paragraph, sentences, table, type Block } from "../../report/page.ts";
import type { PhaseFrames } from "./study.ts";

const power = (x: number): string => x.toExponential(1);

export const phaseFrameText = ({ length, signals, perturbation: p }: PhaseFrames): string =>
  sentences(
    `Signals of length ${length} with real-valued, band-limited shifts: one generator, and an energy that is minimised`,
    `over the orbit by Newton steps; ${signals} signals, each against a shifted copy.`,
    "All minimisers together are a frame; one of several is none, and a template's energy has local minima.",
    `A perturbation of ${power(p.size)} moves the function by ${power(p.general)} on average,`,
    `and by ${power(p.nearZero)} where the frequency that fixes the phase is nearly absent: there it jumps.`,
    "The smallest faithful instance of Lie algebra canonicalisation (Shumaylov et al. 2025); their equations are",
    "out of scope. Another student, and the same certificate: energies by phases are not sign-invariant, so nothing of",
    "the orthogonality of frame parities is claimed for them.",
  );

export const phaseFrameBlocks = (found: PhaseFrames): Block[] => [
  paragraph(phaseFrameText(found)),
  table(
    ["energy", "largest change under a shift", "share of signals that change"],
    found.ways.map((w) => [w.way, power(w.largest), `${(100 * w.changed).toFixed(0)} %`]),
  ),
];
