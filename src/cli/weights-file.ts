/** Bytes of a file of weights that is read: about 200 million of them. */
export const largestWeights = 800_000_000;
