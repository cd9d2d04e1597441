/** How many cores one piece of work may use. */

let cores = 1;

/** Cores that a large matrix product may use: one, as whoever does many pieces of work does one a core. */
export const coresToUse = (): number => cores;

/** Tells this process that nothing computes beside it: what follows may use so many cores. Results stay the same. */
export function useCores(count: number): void {
  cores = count;
}
