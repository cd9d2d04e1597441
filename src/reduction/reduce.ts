/**
 * The whole reduction: hypergraph to graphs, graphs to a fitted network, network to a colouring and back; all checked.
 */

import { fitThresholdGnn } from "./fit.ts";
import { isProper, type Colouring, type Hypergraph } from "./hypergraph.ts";
import { colouringOf, dataSetOf, networkOf, weightRange, type GraphForm } from "./set-splitting.ts";
import { misfits, type DataSet, type ThresholdGnn } from "./threshold-gnn.ts";

/** The answer, both as a network that fits the graphs and as a colouring of the hypergraph. */
export interface Reduction {
  readonly schema: "equihard.reduce/1";
  /** Null: no answer within the time limit. */
  readonly fittable: boolean | null;
  readonly colouring: Colouring | null;
  readonly network: ThresholdGnn | null;
}

/** How graphs are made of vectors, and how long to look for a fit. */
export interface ReduceOptions {
  readonly form: GraphForm;
  /** Seconds given to the solver. */
  readonly timeLimit: number;
}

/**
 * What is wrong with a network as a fit of the hypergraph's graphs: every graph is evaluated by message passing in
 * integers, the network's colouring is held against the hyperedges, and the network of that colouring is evaluated
 * again.
 * @returns null if all holds
 */
export function fault(hypergraph: Hypergraph, data: DataSet, network: ThresholdGnn): string | null {
  const wrong = misfits(network, data);
  if (wrong.length > 0) return `the network mislabels graph ${wrong[0]} and ${wrong.length - 1} others`;
  const colouring = colouringOf(hypergraph, network);
  if (colouring === null || !isProper(hypergraph, colouring)) return "the network's colouring is not proper";
  const back = misfits(networkOf(hypergraph, colouring), data);
  if (back.length > 0) return `the colouring's network mislabels graph ${back[0]}`;
  return null;
}

/** @throws Error if the solver's answer does not stand the exact check */
export async function reduce(hypergraph: Hypergraph, { form, timeLimit }: ReduceOptions): Promise<Reduction> {
  const data = dataSetOf(hypergraph, form);
  const fit = await fitThresholdGnn(data, { range: weightRange(hypergraph), timeLimit });
  const schema = "equihard.reduce/1";
  if (fit.outcome !== "fitted")
    return { schema, fittable: fit.outcome === "infeasible" ? false : null, colouring: null, network: null };
  const { network } = fit;
  const found = fault(hypergraph, data, network);
  if (found !== null) throw new Error(`the solver's fit fails the exact check: ${found}`);
  return { schema, fittable: true, colouring: colouringOf(hypergraph, network), network };
}

/** The data set as a document for other programs. */
export const dataDocument = (data: DataSet, form: GraphForm) => ({
  schema: "equihard.reduction-data/1",
  graphForm: form,
  aggregation: "sum of the neighbours' features; a self-loop [i, i] makes a node its own neighbour",
  readout: "label of node 0",
  ...data,
});
