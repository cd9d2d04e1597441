/**
 * Set splitting as fitting a small graph network: the NP-hardness of proper learning, executable in both directions
 * (after Blum and Rivest 1992; section 6 of the design's mathematics).
 *
 * **Data.** A hypergraph on n vertices, every hyperedge of at least two, becomes labelled vectors z: z = 0 labelled 1,
 * every unit vector e_i labelled 0, the indicator vector 1_E of every hyperedge labelled 1. As graphs, z is what one
 * message-passing step collects at node 0: either a single node with a self-loop and feature z, or (genuine edges) a
 * star whose centre has feature 0 and whose leaves carry the unit vectors, without self-loops; z = 0 is then an
 * isolated centre. The label is read at the centre: pooled over all nodes, a star's leaves would add the response to z
 * = 0 once each.
 *
 * **Claim.** Two units h_s(z) = 1[a_s . z + b_s > 0], s = 0, 1, with h_0 AND h_1 fit the data for some real weights if
 * and only if the vertices have a 2-colouring without a monochromatic hyperedge. The network has 2n + 2 weights, so
 * fitting it is NP-hard, since set splitting is (Lovasz 1973; for hyperedges of 3 vertices too).
 *
 * *Colouring to fit.* Let r be the size of the largest hyperedge. Put a_s(i) = -2 where i has colour s, a_s(i) = 2(r -
 * 1) where not, b_s = 1. At z = 0 both units see 1 > 0. At e_i the unit of i's colour sees -2 + 1 < 0: label 0. A
 * hyperedge E has for each s a vertex of the other colour, so unit s sees at least 2(r - 1) - 2(|E| - 1) + 1 >= 1 > 0:
 * label 1.
 *
 * *Fit to colouring.* z = 0 is labelled 1, so b_s > 0. e_i is labelled 0, so some unit s has a_s(i) + b_s <= 0: colour
 * i with the first such s. Were all of a hyperedge E coloured s, then a_s . 1_E + b_s <= -|E| b_s + b_s = -(|E| - 1)
 * b_s < 0, as |E| >= 2, but E is labelled 1.
 *
 * **Why a bounded search decides it for all real weights.** By the two directions together, a fit in real weights gives
 * a colouring, and the colouring gives a fit in the integers {-2, 2(r - 1)} with b_s = 1 in which every unit that has
 * to decide does so by at least 1 (`weightRange`). So if there is no fit among those integers, there is none at all.
 */

import type { Colouring, Hypergraph } from "./hypergraph.ts";
import {
  activations,
  type DataSet,
  type LabelledGraph,
  type ThresholdGnn,
  type ThresholdUnit,
} from "./threshold-gnn.ts";

/** How a vector becomes a graph. */
export const graphForms = ["stars", "self-loops"] as const;

/** The ways in which a vector is made a graph. */
export type GraphForm = (typeof graphForms)[number];

const star = (leaves: readonly number[], label: 0 | 1): LabelledGraph => ({
  nodes: leaves.length + 1,
  edges: leaves.map((_, i) => [0, i + 1] as const),
  ones: [[], ...leaves.map((i) => [i])],
  label,
});

const single = (ones: readonly number[], label: 0 | 1): LabelledGraph => ({
  nodes: 1,
  edges: [[0, 0]],
  ones: [ones],
  label,
});

/** The labelled graphs: the one of z = 0, then those of the vertices, then those of the hyperedges. */
export function dataSetOf({ vertices, edges }: Hypergraph, form: GraphForm): DataSet {
  const graph = form === "stars" ? star : single;
  const unitVectors = Array.from({ length: vertices }, (_, i) => graph([i], 0));
  return { features: vertices, graphs: [graph([], 1), ...unitVectors, ...edges.map((e) => graph(e, 1))] };
}

/** Integers among which there is a fit if there is one at all: weights from `low` to `high`, and the bias. */
export function weightRange({ edges }: Hypergraph): { low: number; high: number; bias: number } {
  const largest = edges.reduce((most, e) => Math.max(most, e.length), 2);
  return { low: -2, high: 2 * (largest - 1), bias: 1 };
}

/** The fit that a proper colouring gives. */
export function networkOf(hypergraph: Hypergraph, colouring: Colouring): ThresholdGnn {
  const { low, high, bias } = weightRange(hypergraph);
  const unit = (s: number): ThresholdUnit => ({
    weights: colouring.map((c) => (c === s ? low : high)),
    bias,
  });
  return { units: [unit(0), unit(1)] };
}

/**
 * The colouring that a fit gives: each vertex the first unit that rejects its graph. Null for a network that rejects
 * some vertex's graph with neither unit, and so is no fit.
 */
export function colouringOf({ vertices }: Hypergraph, network: ThresholdGnn): Colouring | null {
  const colours = Array.from({ length: vertices }, (_, i) =>
    activations(network, star([i], 0)).indexOf(false),
  );
  return colours.includes(-1) ? null : colours;
}
