/** The paper's eight results, as rows that studies show evidence for. */

/** The id of one of the eight results. */
export type RowId =
  "nodes" | "features" | "small-groups" | "frames" | "polynomials" | "proper" | "models" | "practice";

/** One result. */
export interface PaperRow {
  readonly id: RowId;
  /** As in the list of results. */
  readonly number: number;
  readonly name: string;
  /** Ids of the families that make it executable. */
  readonly families: readonly string[];
  /** Where in Kiani et al. 2024. */
  readonly section: string;
  /** Why no check of a trained learner makes sense for it; absent where all are asked for. */
  readonly unchecked?: string;
}

export const paperRows = [
  {
    id: "nodes",
    families: ["gnn-degree-parity"],
    number: 1,
    name: "Graph networks, in the number of nodes",
    section: "exponential lower bounds in number of nodes",
  },
  {
    id: "features",
    families: ["gnn-hidden-plane"],
    number: 2,
    name: "Graph networks, in the feature dimension",
    section: "superpolynomial bounds in feature dimension",
  },
  {
    id: "small-groups",
    families: ["cnn-hidden-plane"],
    number: 3,
    name: "Convolutions and averages over a group of polynomial size",
    section: "invariant networks by group averages",
  },
  {
    id: "frames",
    families: ["frame-parity"],
    number: 4,
    name: "General frames",
    section: "frame-averaged networks",
  },
  {
    id: "polynomials",
    families: ["invariant-polynomial"],
    number: 5,
    name: "Invariant polynomials: CSQ-hard, learnable otherwise",
    section: "an efficient non-CSQ algorithm",
  },
  {
    id: "proper",
    families: [],
    number: 6,
    name: "Proper learning is NP-hard",
    section: "hardness of proper learning",
    unchecked: "a reduction is checked on instances, no learner is trained",
  },
  {
    id: "models",
    families: [],
    number: 7,
    name: "Statistical queries and gradient descent as one model",
    section: "statistical query models",
    unchecked: "it is about queries, whatever the student",
  },
  {
    id: "practice",
    families: [],
    number: 8,
    name: "Over-parameterised networks fail in practice",
    section: "experiments",
  },
] as const satisfies readonly PaperRow[];

/** The result that a family makes executable; undefined for a family of one's own. */
export const rowOf = (family: string): RowId | undefined =>
  paperRows.find(({ families }: PaperRow) => families.includes(family))?.id;
