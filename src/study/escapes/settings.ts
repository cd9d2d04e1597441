/** Examples of learners that are no training: they need fewer. */
export const OTHERS = 200_000;
