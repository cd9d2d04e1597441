/** The law of small graphs as a finite population: parities and graph networks do not depend on the nodes' order. */

import { graphClasses } from "../../distribution/graph-classes.ts";
import type { Population } from "../../query/oracle/population.ts";
import type { DegreeParityInstance } from "./family.ts";

export function population({ params: { values } }: DegreeParityInstance): Population | null {
  const classes = graphClasses(values);
  return classes && { points: classes.graphs, weights: classes.probabilities };
}
