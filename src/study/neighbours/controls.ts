/**
 * What stands beside each of the eleven works: what has to succeed, what has to fail, and how far the program's piece
 * represents the work. What came of it is in the pieces' own sections.
 */

export interface Controls {
  readonly succeeds: string;
  readonly fails: string;
  readonly represents: string;
}

/** In the order of the rows. */
export const controls: readonly Controls[] = [
  {
    succeeds: "targets among the group's averages; the mean over all elements, which is the same",
    fails: "hidden planes, of higher degree than the fit (the matrix, low-degree)",
    represents: "plain means and union-find in place of their projections",
  },
  {
    succeeds: "whole frames of regular graphs; the twin of degree parity",
    fails: "one element of the frame; motions of another group",
    represents: "our own search in place of nauty; no weighted graphs",
  },
  {
    succeeds: "linear layers, which keep norm and quotient at any depth; the twin at 16 layers",
    fails: "plain convolutions; the adjacency matrix without normalisation",
    represents: "layers of both forms; the sweep trains the separable one",
  },
  {
    succeeds: "the one minimiser of frequency 1, both of frequency 2",
    fails: "one of two minimisers; a template by descent; a phase that is nearly absent",
    represents: "shifts of signals; none of their equations",
  },
  {
    succeeds: "elimination over F_2; the short curve of few bits",
    fails: "nearest neighbour and gradient descent on the long curve",
    represents: "their curve, with signs in place of triangle waves",
  },
  {
    succeeds: "averaging, on a target among the averages",
    fails: "canonicalisation on it, which gains nothing over no symmetry",
    represents: "a linear instance of two regimes, of our own",
  },
  {
    succeeds: "no frame, a sorted column: exponent 2",
    fails: "rows sorted by their first column: exponent 1",
    represents: "after the title alone; measured on random functions, not proved",
  },
  {
    succeeds: "thresholded components; the neuron with all its degrees and no bias",
    fails: "gradient descent on the neuron without its low degrees",
    represents: "the question; their construction was not known, the noise is ours",
  },
  {
    succeeds: "the twin, whose classes lie apart",
    fails: "shuffled labels",
    represents: "the ratio, exactly at depth two; no rewiring, which would change the labels",
  },
  {
    succeeds: "the rank over F_2; a tilt by the edge count, seen in its mean",
    fails: "the same rank of uniform graphs; the edge count of tilted ones",
    represents: "hard laws of our own: they generate graphs and prove no hardness; no generator is trained",
  },
  {
    succeeds: "boosts and rotations, which leave the invariants alone",
    fails: "Euclidean lengths under boosts",
    represents: "a position paper: one family of our own, and no word on embeddings",
  },
];
