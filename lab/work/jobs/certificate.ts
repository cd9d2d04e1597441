/** What is certified of the functions that are trained on, and the training's budget held against it. */

import { budget } from "../../../src/family/budget.ts";
import { certify, type Budget } from "../../../src/index.ts";
import type { InstanceSpec } from "./instance.ts";

export interface CertificateSpec extends InstanceSpec {
  readonly steps: number;
  readonly batch: number;
  /** Trainable weights. */
  readonly weights: number;
}

export interface CertificateFacts {
  readonly model: "SQ" | "CSQ";
  /** A lower bound on the number of functions over the largest eigenvalue of their Gram matrix. */
  readonly dimension: number | string;
  readonly tau: number;
  readonly rho: number;
  readonly queries: number | string;
  readonly vacuous: boolean;
  readonly confidence: number;
  readonly budget: Pick<Budget, "queries" | "tolerance" | "certified" | "verdict" | "position">;
}

export async function certificate({
  family,
  params,
  seed,
  steps,
  batch,
  weights,
}: CertificateSpec): Promise<CertificateFacts> {
  const found = await certify(family, params, { seed });
  const held = await budget(found, { steps, batch, parameters: weights });
  const { tau, rho, queries, vacuous } = found.statement;
  const { queries: asked, tolerance, certified, verdict, position } = held;
  return {
    model: found.model,
    dimension: found.dimension.spectral,
    tau,
    rho,
    queries,
    vacuous,
    confidence: held.confidence,
    budget: { queries: asked, tolerance, certified, verdict, position },
  };
}
