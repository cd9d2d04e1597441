/**
 * What must stand beside a trained learner before its failure, or its success, is believed. A check that was not made
 * is null, never absent: what is missing can be seen.
 */

/** A check as data. */
export interface Check {
  readonly id: string;
  /** A word or two, for a chip. */
  readonly name: string;
  /** What it asks. */
  readonly asks: string;
}

export const checks = [
  { id: "standardised", name: "standardised", asks: "Are labels of target and twin put on one scale alike?" },
  { id: "constant", name: "best constant", asks: "Is the best constant predictor beside it?" },
  { id: "average", name: "average member", asks: "Is the average predictor over the family beside it?" },
  { id: "twin", name: "easy twin", asks: "Is the twin learned: same hidden parameters, same budget?" },
  {
    id: "repeats",
    name: "repeats",
    asks: "Several hidden parameters times several seeds, with both variances?",
  },
  { id: "shuffled", name: "shuffled labels", asks: "Does nothing come of labels of other examples?" },
  { id: "rate", name: "learning rate", asks: "Do other learning rates fail too?" },
  { id: "width", name: "width", asks: "Do other widths and depths fail too?" },
  { id: "start", name: "initialisation", asks: "Do other scales of the initial weights fail too?" },
  { id: "optimiser", name: "optimiser", asks: "Do another optimiser and batch size fail too?" },
  { id: "longer", name: "4x longer", asks: "Does a run of four times the steps fail too?" },
  {
    id: "teacher",
    name: "teacher start",
    asks: "Does a student that starts at the target's weights stay there?",
  },
  {
    id: "perturbed",
    name: "perturbed teacher",
    asks: "Does one return that starts near the target's weights?",
  },
  {
    id: "learns",
    name: "learns elsewhere",
    asks: "Does the same code learn an easier case of the same target?",
  },
  { id: "dose", name: "dose", asks: "Does success fall step by step between twin and target?" },
  { id: "plain", name: "no symmetry", asks: "What does a student without the symmetry do?" },
  { id: "symmetric", name: "other students", asks: "What do other symmetric students do?" },
  {
    id: "overparameterised",
    name: "x1 to x8",
    asks: "Do students of 1, 2, 4, 8 times the teacher's width fail?",
  },
  {
    id: "fixed",
    name: "fixed set",
    asks: "On a fixed training set: does it fit that, and not fresh examples?",
  },
  { id: "escape", name: "escape", asks: "Does a learner with a way round the certificate find the target?" },
  { id: "noise", name: "label noise", asks: "How much label noise does that learner stand?" },
] as const satisfies readonly Check[];

/** The id of a check. */
export type CheckId = (typeof checks)[number]["id"];

/** What a check came to. */
export interface CheckResult {
  /** One clause; its numbers are of the records. */
  readonly says: string;
  /** Whether it came out as the row's reading needs it; null where it only compares. */
  readonly holds: boolean | null;
  /** Ids of the records it was read from. */
  readonly records: readonly string[];
}

/** Every check, null where it was not made. */
export type Checks = Readonly<Record<CheckId, CheckResult | null>>;

/** Those given, and an explicit null for each of the others. */
export const allChecks = (given: Partial<Checks>): Checks =>
  Object.fromEntries(checks.map(({ id }) => [id, given[id] ?? null])) as Checks;
