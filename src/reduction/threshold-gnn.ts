/**
 * The network of the reduction: one message-passing step, two threshold units, an AND. It is evaluated in integers, so
 * that a network either labels a graph correctly or does not.
 */

/** A graph with node features of 0 and 1, and a label to be read at node 0. */
export interface LabelledGraph {
  readonly nodes: number;
  /** Undirected; `[i, i]` is a self-loop. */
  readonly edges: readonly (readonly [number, number])[];
  /** Per node the coordinates at which its feature vector is 1. */
  readonly ones: readonly (readonly number[])[];
  readonly label: 0 | 1;
}

/** Labelled graphs that share a length of feature vectors. */
export interface DataSet {
  /** Length of the feature vectors. */
  readonly features: number;
  readonly graphs: readonly LabelledGraph[];
}

/** Unit s computes 1[weights . z + bias > 0] of the aggregated features z. */
export interface ThresholdUnit {
  readonly weights: readonly number[];
  readonly bias: number;
}

/** label = 1[all units give 1], z = the sum of the features of node 0's neighbours. Integers throughout. */
export interface ThresholdGnn {
  readonly units: readonly [ThresholdUnit, ThresholdUnit];
}

/** What one message-passing step collects at node 0: coordinate -> sum of the neighbours' features. */
export function aggregate({ edges, ones }: LabelledGraph): Map<number, number> {
  const z = new Map<number, number>();
  const receive = (from: number): void => {
    for (const i of ones[from]) z.set(i, (z.get(i) ?? 0) + 1);
  };
  for (const [a, b] of edges) {
    if (a === 0) receive(b);
    else if (b === 0) receive(a);
  }
  return z;
}

/** weights . z + bias. @throws RangeError if the sum leaves the exactly representable integers */
function preactivation({ weights, bias }: ThresholdUnit, z: ReadonlyMap<number, number>): number {
  let [sum, size] = [bias, Math.abs(bias)];
  for (const [i, count] of z) {
    sum += weights[i] * count;
    size += Math.abs(weights[i] * count);
  }
  if (!Number.isSafeInteger(size)) throw new RangeError("the weights are no integers, or too large ones");
  return sum;
}

/** Whether each unit gives 1 at node 0. */
export function activations({ units }: ThresholdGnn, graph: LabelledGraph): [boolean, boolean] {
  const z = aggregate(graph);
  return [preactivation(units[0], z) > 0, preactivation(units[1], z) > 0];
}

export const evaluate = (network: ThresholdGnn, graph: LabelledGraph): 0 | 1 =>
  activations(network, graph).every(Boolean) ? 1 : 0;

/** The graphs that the network labels wrongly, by index. */
export const misfits = (network: ThresholdGnn, { graphs }: DataSet): number[] =>
  graphs.flatMap((graph, i) => (evaluate(network, graph) === graph.label ? [] : [i]));
