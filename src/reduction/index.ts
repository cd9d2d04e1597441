/**
 * The NP-hardness reduction: 2-colouring a hypergraph as fitting a small threshold graph network, and back. It needs
 * the optional package highs.
 */

export { parseHypergraph, randomHypergraph, type Colouring, type Hypergraph } from "./hypergraph.ts";
export { dataDocument, reduce, type ReduceOptions, type Reduction } from "./reduce.ts";
export { dataSetOf, graphForms, networkOf, type GraphForm } from "./set-splitting.ts";
export type { DataSet, LabelledGraph, ThresholdGnn, ThresholdUnit } from "./threshold-gnn.ts";
