/** The Walsh-Hadamard transform: characters of F_2^m against a law on F_2^m. */

/** Entries that stay in the first-level cache. */
const block = 4096;

/**
 * In place, unnormalised: x[s] becomes sum_v (-1)^{<s, v>} x[v]. Applied twice it multiplies by the length.
 * Two levels at a time, depth first, so that large arrays are read few times from memory; m additions an entry, hence
 * an absolute error of at most m roundings of sum |x|.
 *
 * @param x length 2^m, up to 2^26
 */
export function walshHadamard(x: Float64Array): Float64Array {
  const { length } = x;
  if (length === 0 || (length & (length - 1)) !== 0 || length > 2 ** 26)
    throw new RangeError(`length ${length} is not a power of two up to 2^26`);
  transform(x, 0, length);
  return x;
}

function transform(x: Float64Array, from: number, length: number): void {
  if (length <= block) {
    let size = length;
    for (; size >= 4; size >>= 2)
      for (let at = from; at < from + length; at += size) quarters(x, at, size >> 2);
    if (size === 2)
      for (let at = from; at < from + length; at += 2) {
        const [a, b] = [x[at], x[at + 1]];
        x[at] = a + b;
        x[at + 1] = a - b;
      }
    return;
  }
  const quarter = length >> 2;
  quarters(x, from, quarter);
  for (let i = 0; i < 4; i++) transform(x, from + i * quarter, quarter);
}

/** Two butterfly levels over four neighbouring runs of `run` entries. */
function quarters(x: Float64Array, from: number, run: number): void {
  for (let i = from, end = from + run; i < end; i++) {
    const a = x[i];
    const b = x[i + run];
    const c = x[i + 2 * run];
    const d = x[i + 3 * run];
    x[i] = a + b + (c + d);
    x[i + run] = a - b + (c - d);
    x[i + 2 * run] = a + b - (c + d);
    x[i + 3 * run] = a - b - (c - d);
  }
}
