/** What is going on, in a paragraph a family. */

import { theoryLink } from "../../view/docs.ts";
import { el, type Child } from "../../view/dom.ts";
import { math } from "../../view/math.ts";

const plane = (): readonly Child[] => [
  "The hard label is ",
  math("y=F(U x)"),
  ": a wave with ",
  math("2k"),
  " crests and troughs on a plane hidden among ",
  math("d"),
  " directions. A gradient correlates the label with the network's features, and each such correlation rules ",
  "out hardly any of the planes. The twin hides in the same plane, but its wave has a part of degree 2, which ",
  "points there. So has ",
  math("y^2"),
  ": descending on the square first finds the plane, and then ",
  math("y"),
  " is easy.",
];

const abouts: Readonly<Record<string, () => readonly Child[]>> = {
  "gnn-hidden-plane": plane,
  "cnn-hidden-plane": () => [
    ...plane(),
    " Here the label is averaged over a group of permutations, and the network has that symmetry built in.",
  ],
  "frame-parity": () => [
    "The hard label is a product of ",
    math("k"),
    " hidden coordinates, averaged over a group of permutations. A gradient correlates it with the network's ",
    "features; products of different coordinates do not correlate at all, so each question rules out hardly any.",
  ],
  "gnn-degree-parity": () => [
    "The hard label is the parity of the number of nodes whose degree lies in a hidden set ",
    math("S"),
    ". Parities of different sets hardly correlate. Yet elimination over two elements finds ",
    math("S"),
    " from a few examples: it is no learner by correlation.",
  ],
  "invariant-polynomial": () => [
    "The hard label is a sum of a few products of ",
    math("k"),
    " among ",
    math("m"),
    " independent invariants. Products of different invariants do not correlate; the twin is linear in the ",
    "same invariants.",
  ],
};

export const prose = (family: string): HTMLElement =>
  el("p", { class: "prose" }, ...(abouts[family] ?? plane)(), ...theoryLink());
