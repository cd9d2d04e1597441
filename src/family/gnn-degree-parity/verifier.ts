/**
 * The verifier's half of `gnn-degree-parity`: is the evidence true? It shares with the certifier what the evidence *says*
 * (`params.ts`, `evidence.ts`, `samples.ts`), and nothing that computes it.
 */

import type { Verifier } from "../../query/certifier.ts";
import type { DegreeParityEvidence } from "./evidence.ts";
import { wellFormed } from "./form.ts";
import type { DegreeParityValues } from "./params.ts";
import { checkCounts } from "./verify-counts.ts";
import { checkLaw } from "./verify-law.ts";
import { checkSamples } from "./verify-samples.ts";
import { checkWindow } from "./verify-window.ts";

export const verifier: Verifier<DegreeParityValues, DegreeParityEvidence> = {
  wellFormed: ({ values }, evidence) => wellFormed(values, evidence),

  *check({ values }, evidence, options) {
    switch (evidence.kind) {
      case "counts":
        return yield* checkCounts(values, evidence, options);
      case "law":
        return yield* checkLaw(values, evidence);
      case "window":
        return checkWindow(values, evidence);
      case "samples":
        return yield* checkSamples(values, evidence, options);
    }
  },
};
