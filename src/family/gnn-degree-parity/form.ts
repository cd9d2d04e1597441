/** The form of `gnn-degree-parity` evidence of unknown origin: what has to hold before any claim is drawn from it. */

import type { Check } from "../../query/certifier.ts";
import { limitedBy } from "./certificate.ts";
import { largestExactOrder } from "./degree-law.ts";
import { exactUpTo, hasRationals, type DegreeParityEvidence } from "./evidence.ts";
import type { DegreeParityValues } from "./params.ts";

export function wellFormed(params: DegreeParityValues, evidence: DegreeParityEvidence): Check[] {
  const { n } = params;
  const directed = params.edges !== "undirected";
  const demands: [name: string, ok: boolean, detail: string][] = [
    [
      "evidence.kind",
      directed === (evidence.kind === "window"),
      `${evidence.kind} for ${params.edges} graphs`,
    ],
  ];
  if (evidence.kind === "samples")
    demands.push(
      ["evidence.kind", n > exactUpTo, "graphs this small have an exact law"],
      [
        "evidence.largestCount",
        evidence.largestCount <= evidence.samples,
        "no count above the number of samples",
      ],
      ["evidence.limitedBy", evidence.limitedBy === limitedBy(evidence.largestCount), "as the count says"],
    );
  if (evidence.kind === "law") {
    const { law, exactLaw, exactMaximum } = evidence;
    const rational = hasRationals(params);
    const rising = law.every(([v], i) => v < 2 ** n && (i === 0 || v > law[i - 1][0]));
    demands.push(
      ["family.params", n <= largestExactOrder, `an exact law exists up to n = ${largestExactOrder}`],
      ["evidence.law", law.length > 0 && rising, "distinct parity vectors of n bits in increasing order"],
      ["evidence.exactMaximum", (exactMaximum !== null) === rational, "given where it can be"],
      ["evidence.exactLaw", (exactLaw !== null) === (rational && params.p === 0.5), "given where it can be"],
      ["evidence.exactLaw", exactLaw === null || exactLaw.length === law.length, "one for each vector"],
    );
  }
  return demands.map(([name, ok, detail]) => ({ name, ok, detail }));
}
