/** Learned: explained variance of fresh labels above this. */
export const LEARNED = 0.9;
