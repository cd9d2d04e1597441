/** Inner products <f_i, f_j> = E f_i f_j of explicitly given members of a family, not normalised. */

export interface Gram {
  readonly schema: "equihard.gram/1";
  readonly method: "exact" | "closed-form" | "monte-carlo";
  readonly gram: readonly (readonly number[])[];
  /** Where the entries are sampled. */
  readonly standardErrors?: readonly (readonly number[])[];
}
