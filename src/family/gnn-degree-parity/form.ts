/** The form of `gnn-degree-parity` evidence of unknown origin: what has to hold before any claim is drawn from it. */

import { largestDegree } from "../../distribution/erdos-renyi.ts";
import type { Check } from "../../query/certifier.ts";
import {
  exactUpTo,
  exactUpToAsked,
  limitedBy,
  totalOf,
  type DegreeParityEvidence,
  type SampleEvidence,
} from "./evidence.ts";
import type { DegreeParityValues } from "./params.ts";
import { deltaOf, isRound } from "./samples.ts";

type Demand = readonly [name: string, ok: boolean, detail: string];

export function wellFormed(params: DegreeParityValues, evidence: DegreeParityEvidence): Check[] {
  return demands(params, evidence).map(([name, ok, detail]) => ({ name, ok, detail }));
}

function demands(params: DegreeParityValues, evidence: DegreeParityEvidence): Demand[] {
  const { n, edges } = params;
  const directed = edges !== "undirected";
  const kind: Demand = [
    "evidence.kind",
    directed === (evidence.kind === "window"),
    `${evidence.kind} for ${edges} graphs`,
  ];
  if (evidence.kind === "samples") return [kind, ...demandsOnSamples(params, evidence)];
  if (evidence.kind === "window") {
    const { lowest, size } = evidence;
    const inside = size === params.window && lowest + size <= largestDegree(params) + 1;
    return [kind, ["evidence.size", inside, "as many of the degrees as family.params says"]];
  }
  const small: Demand = [
    "family.params",
    n <= exactUpToAsked,
    `an exact law exists up to n = ${exactUpToAsked}`,
  ];
  if (!small[1]) return [kind, small];
  const total = totalOf(params);
  const listed = evidence.kind === "law" ? evidence.law : evidence.counts;
  const rising = listed.every(([v], i) => v < 2 ** n && (i === 0 || v > listed[i - 1][0]));
  return [
    kind,
    ["evidence.kind", (evidence.kind === "law") === (total === null), "counts where they are not too long"],
    ["evidence", listed.length > 0 && rising, "distinct parity vectors of n bits in increasing order"],
    ...(evidence.kind === "counts"
      ? [["evidence.total", evidence.total === `${total}`, "all weighted graphs"] as const]
      : []),
  ];
}

function demandsOnSamples(params: DegreeParityValues, evidence: SampleEvidence): Demand[] {
  const { samples, largestCount, seed, delta } = evidence;
  return [
    ["evidence.kind", params.n > exactUpTo, "graphs this small have an exact law"],
    ["evidence.largestCount", largestCount <= samples, "no count above the number of samples"],
    ["evidence.samples", isRound(samples), "1, 2 or 5 times a power of ten"],
    ["evidence.delta", delta === deltaOf(params, samples, seed), "the share of what could have been chosen"],
    ["evidence.limitedBy", evidence.limitedBy === limitedBy(largestCount), "as the count says"],
  ];
}
