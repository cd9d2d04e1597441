/** Products of sizes. */

/** The product of the sizes: the number of entries of an array of that shape, 1 of no sizes. */
export const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);
