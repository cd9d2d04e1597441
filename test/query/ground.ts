/**
 * Certificates as a forger chooses them among many. Of samples all seeds and probabilities are free, so is taking the one
 * that claims most: each is what the program itself writes, a forgery where it claims more than is true. Of exact laws all
 * amounts are free that are moved along a subgroup, which leaves 31 of 32 Fourier coefficients as they were: a check at sets
 * that follow from the document would pass some of them.
 */

import { certify, verify } from "../../src/family/certify.ts";
import { forge } from "../../src/family/forge.ts";
import { degreeParityLaw } from "../../src/family/gnn-degree-parity/degree-law.ts";
import type { CountEvidence } from "../../src/family/gnn-degree-parity/evidence.ts";
import { lowered, withCounts } from "../family/gnn-degree-parity/forged-counts.ts";
import type { Certificate } from "../../src/query/certificate.ts";

type Progress = (fraction: number) => void;

/** A certificate chosen among many, and the dimension of its family, computed. */
export interface Ground {
  readonly certificate: Certificate;
  readonly dimension: number;
}

const id = "gnn-degree-parity";

/** The one that claims most, of 1000 graphs on 16 nodes each. */
async function strongest(
  choices: readonly { p: number; seed: number }[],
  onProgress?: Progress,
): Promise<Ground> {
  let best: Certificate | undefined;
  let probability = 0;
  for (const [i, { p, seed }] of choices.entries()) {
    onProgress?.(i / choices.length);
    const certificate = await certify(id, { n: 16, p }, { samples: 1000, seed, rho: 0.651 });
    if (best !== undefined && certificate.dimension.log2 <= best.dimension.log2) continue;
    [best, probability] = [certificate, p];
  }
  if (best === undefined) throw new RangeError("nothing to choose from");
  return { certificate: best, dimension: 1 / degreeParityLaw(16, probability).likeliest.probability };
}

/** Chosen among `tries` seeds, the one that an audit found included, and among as many edge probabilities. */
export async function groundCertificates(tries: number, onProgress?: Progress): Promise<Ground[]> {
  const upTo = Array.from({ length: tries }, (_, i) => i);
  const choices = [
    [{ p: 0.04, seed: 28_773 }, ...upTo.map((seed) => ({ p: 0.04, seed }))],
    upTo.map((i) => ({ p: (400 + i) / 10_000, seed: 0 })),
  ];
  const found: Ground[] = [];
  for (const [i, among] of choices.entries())
    found.push(await strongest(among, (fraction) => onProgress?.((i + fraction) / choices.length)));
  return found;
}

/** What became of exact laws with other counts. */
export interface GroundLaws {
  readonly n: number;
  readonly tries: number;
  /** The most that one of them claims, and the dimension that is true. */
  readonly claimed: number;
  readonly dimension: number;
  readonly accepted: number;
}

/** Laws on n nodes (at least 10) from which so many different amounts are moved, each with all fields that follow. */
export async function groundLaws(n: number, tries: number, onProgress?: Progress): Promise<GroundLaws> {
  onProgress?.(0);
  const honest = await certify(id, { n });
  const counts = (honest.evidence as CountEvidence).counts.map(([v, x]) => [v, BigInt(x)] as const);
  const dimension = Number(honest.dimension.spectral);
  let [claimed, accepted] = [0, 0];
  for (let i = 0; i < tries; i++) {
    const forged = forge(honest, withCounts(lowered(n, counts, BigInt(i + 2))));
    claimed = Math.max(claimed, Number(forged.dimension.spectral));
    if ((await verify(forged)).valid) accepted++;
    onProgress?.((i + 1) / tries);
  }
  return { n, tries, claimed, dimension, accepted };
}
