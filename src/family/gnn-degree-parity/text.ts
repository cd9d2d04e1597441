/** The sentences of a `gnn-degree-parity` certificate. */

import { largestDegree } from "../../distribution/erdos-renyi.ts";
import type { Description, Scope } from "../../query/certifier.ts";
import { upperLimit } from "../../numeric/confidence.ts";
import { shownAbove } from "../../numeric/rounding.ts";
import { confidence, type DegreeParityEvidence } from "./evidence.ts";
import type { Checked } from "../../base/checked.ts";
import type { DegreeParityValues } from "./params.ts";

const graphs = {
  undirected: "undirected simple graphs",
  directed: "directed graphs without self-loops",
  "directed-loops": "directed graphs with self-loops",
};

export const describeEvidence = (
  { values }: Checked<DegreeParityValues>,
  evidence: DegreeParityEvidence,
): Description => method(values, evidence);

/** One of the sets gives a constant, which the statement counts and `train` never draws. */
export function scopeOf({ values }: Checked<DegreeParityValues>): Scope {
  const { n, edges, p } = values;
  const degree = edges === "undirected" ? "degree" : "out-degree";
  const family = `the degree parities chi_S(A) = (-1)^(number of nodes with ${degree} in S) of ${graphs[edges]} on ${n} nodes, edge probability ${p}`;
  return { class: family, members: "uniform", training: "same-functions-another-law" };
}

function method(
  params: DegreeParityValues,
  evidence: DegreeParityEvidence,
): { method: string; remarks: string[] } {
  const largest = shownAbove(evidence.maxParityVectorProbability, 8);
  switch (evidence.kind) {
    case "law": {
      const exact = evidence.exactMaximum;
      return {
        method:
          exact === null
            ? `exact law of the parity vector in float64, relative error at most ${shownAbove(evidence.relativeError, 2)}, rounded to the safe side; its largest probability is ${largest}`
            : `exact law of the parity vector in rationals; its largest probability is ${exact.length <= 50 ? `${exact}, about ` : "about "}${largest}`,
        remarks: [
          "It does not explain why gradient descent fails at these sizes: the dimension (about 47 at n = 15, p = 1/2) is far below the queries such a run makes.",
        ],
      };
    }
    case "window": {
      const { lowest, size } = evidence;
      return {
        method: `closed form of the correlations and one Walsh-Hadamard transform over the ${size} degrees ${lowest} to ${lowest + size - 1}; the likeliest parities of their counts have probability ${largest}`,
        remarks:
          size < largestDegree(params)
            ? ["A window of degrees bounds the whole family from below; a wider one only raises the bound."]
            : [],
      };
    }
    case "samples": {
      const { samples, largestCount } = evidence;
      const most = Math.floor(1 / upperLimit(1, samples, confidence));
      return {
        method: `${samples} sampled graphs, at most ${largestCount} of them with one parity vector; with confidence ${confidence} no vector has a probability above ${largest} (Clopper-Pearson)`,
        remarks:
          evidence.limitedBy === "samples"
            ? [
                `The number of samples limits this bound, not the family: ${samples} cannot certify a dimension above ${most}.`,
              ]
            : [],
      };
    }
  }
}
