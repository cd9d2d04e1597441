/**
 * The families as the page offers them. Names and limits are those of the registry, which the page does not load before
 * something is computed; a test holds the two together.
 */

import { whole, real, choice, type Fields, type State } from "./state/fields.ts";

/** A family's two sizes, and how it is trained. */
export interface LabFamily {
  readonly title: string;
  /** Its parameters, apart from the seed. */
  readonly fields: Fields;
  readonly params: (state: State) => Readonly<Record<string, string | number>>;
  /** Student sizes: the published constructions have one hidden layer and a linear output. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Its student classes, the one that holds the target first. */
  readonly students: Readonly<Record<string, string>>;
  /** Why looking at the square of the label first makes no sense here. */
  readonly noSquare?: string;
}

const numbers = (state: State, ...names: string[]): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, Number(state[name])]));
const oneLayer = { layers: 1, readoutLayers: 0 };
const graphStudents = {
  gnn: "graph network",
  gin: "isomorphism network",
  attention: "graph attention",
  unitary: "unitary convolutions",
  mlp: "plain perceptron",
};
const order = { "2": "2", "4": "4", "6": "6", "8": "8" };
const groups = {
  cyclic: "cyclic shifts",
  dihedral: "shifts and reflections",
};
/** Families of functions that are averaged over a group. */
const averaged: Pick<LabFamily, "fields" | "params" | "sizes"> = {
  fields: {
    group: choice("group", groups, "cyclic"),
    size: whole("points n", 32, 4, 128),
    k: choice("order k", order, "6"),
  },
  params: (s) => ({ group: `${s.group}:${s.size}`, ...numbers(s, "k") }),
  sizes: oneLayer,
};

export const labFamilies: Readonly<Record<string, LabFamily>> = {
  "gnn-hidden-plane": {
    title: "Hidden plane, graph network",
    fields: {
      d: whole("features d", 64, 2, 1024),
      k: choice("order k", order, "6"),
      n: whole("nodes n", 1, 1, 16),
    },
    params: (s) => numbers(s, "n", "d", "k"),
    sizes: oneLayer,
    students: graphStudents,
  },
  "cnn-hidden-plane": {
    title: "Hidden plane over a group",
    ...averaged,
    students: { "group-cnn": "group convolution", mlp: "plain perceptron" },
  },
  "frame-parity": {
    title: "Hidden coordinates over a group",
    ...averaged,
    students: { "frame-averaged": "frame-averaged perceptron", mlp: "plain perceptron" },
  },
  "gnn-degree-parity": {
    title: "Parity of node degrees",
    fields: { n: whole("nodes n", 12, 4, 15) },
    params: (s) => numbers(s, "n"),
    sizes: { layers: 2, readoutLayers: 1 },
    students: graphStudents,
    noSquare: "Labels are +1 and -1: their square is always 1 and says nothing.",
  },
  "invariant-polynomial": {
    title: "Sparse polynomial in invariants",
    fields: {
      variables: whole("invariants m", 40, 4, 200),
      degree: whole("degree", 4, 2, 6),
    },
    params: (s) => numbers(s, "variables", "degree"),
    sizes: {},
    students: { polynomial: "product of linear forms", mlp: "perceptron on invariants" },
  },
};

/** How it is trained, beside the family's own sizes. */
export const training: Fields = {
  width: whole("width", 128, 8, 512),
  batch: whole("batch", 256, 16, 1024),
  lr: real("learning rate", 0.004, 1e-5, 0.5),
  steps: whole("steps", 3000, 100, 20_000),
  seed: whole("seed", 0, 0, 1e9),
};
