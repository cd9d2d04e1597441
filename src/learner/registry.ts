/** The learners, as `learners` lists them. */

export interface LearnerInfo {
  readonly id: string;
  readonly summary: string;
  /** What it needs from the instance. */
  readonly access: "samples" | "CSQ oracle" | "SQ oracle";
  readonly families: readonly string[];
  /** Default of `learn --samples`, with its meaning. */
  readonly budget: string;
}

export const learners: readonly LearnerInfo[] = [
  {
    id: "gradient-descent",
    summary: "trains the family's own architecture by SGD or Adam",
    access: "samples",
    families: ["gnn-degree-parity"],
    budget: "steps x batch = 4000 x 256 fresh samples",
  },
  {
    id: "f2-elimination",
    summary:
      "Gaussian elimination over F_2 on degree-count parities; noiseless labels only, not an SQ algorithm",
    access: "samples",
    families: ["gnn-degree-parity"],
    budget: "20,000 samples",
  },
  {
    id: "parity-class",
    summary: "queries the indicator of one parity vector at a time; one linear bit of S each",
    access: "CSQ oracle",
    families: ["gnn-degree-parity"],
    budget: "as many queries as the parity vector has free coordinates; n up to 15",
  },
];
