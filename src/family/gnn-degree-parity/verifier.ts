/**
 * The verifier's half of `gnn-degree-parity`: is the evidence true? It shares with the certifier what the evidence
 * *says* (`params.ts`, `evidence.ts`, `samples.ts`), and nothing that computes it.
 */

import { bitLength } from "../../numeric/integers.ts";
import type { Cost } from "../../base/cost.ts";
import type { CheckOptions, Verifier } from "../../query/certifier.ts";
import type { DegreeParityEvidence } from "./evidence.ts";
import { wellFormed } from "./form.ts";
import type { DegreeParityValues } from "./params.ts";
import { checkCounts } from "./verify-counts.ts";
import { checkLaw } from "./verify-law.ts";
import { checkSamples } from "./verify-samples.ts";
import { checkWindow } from "./verify-window.ts";

export const verifier: Verifier<DegreeParityValues, DegreeParityEvidence> = {
  wellFormed: ({ values }, evidence) => wellFormed(values, evidence),
  reads: (_params, { kind }) => (kind === "samples" ? ["fresh"] : []),
  cost: ({ values }, evidence, options) => costOf(values, evidence, options),

  async *check({ values }, evidence, options) {
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

/** From measurements on one core up to n = 17. */
function costOf(
  { n }: DegreeParityValues,
  evidence: DegreeParityEvidence,
  { full, fresh }: CheckOptions,
): Cost {
  const pass: Cost = { seconds: 6 * 4.6 ** (n - 15), bytes: 1.1e9 * 3.2 ** (n - 17) + 4e7 };
  switch (evidence.kind) {
    case "counts": {
      const pairs = full ? Math.ceil(bitLength(BigInt(evidence.total)) / 50) : 1;
      return { ...pass, seconds: pass.seconds * pairs };
    }
    case "law":
      return pass;
    case "window":
      return { seconds: 0, bytes: 0 };
    case "samples": {
      const graphs = fresh ? 4 * evidence.samples : evidence.samples;
      return { seconds: (graphs * n * n) / 2e7, bytes: 16 * graphs };
    }
  }
}
