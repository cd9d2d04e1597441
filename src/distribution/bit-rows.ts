/**
 * Adjacency matrices as bits. A row, the out-edges of a node, takes ceil(n / 16) words of 16 bits: bit j % 16 of word
 * floor(j / 16) says whether there is an edge to node j. Counting edges is then counting ones.
 */

/** Words of a row. */
export const wordsOf = (n: number): number => Math.ceil(n / 16);

/** The number of ones of a word: of its pairs, fours, eights of bits. */
export function onesOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555);
  const fours = (pairs & 0x3333) + ((pairs >>> 2) & 0x3333);
  const eights = (fours + (fours >>> 4)) & 0x0f0f;
  return (eights + (eights >>> 8)) & 31;
}

/** The rows of n x n matrices of zeros and ones, one byte or number an entry. */
export function packRows(data: Uint8Array | Float32Array | Float64Array, n: number): Uint16Array {
  const words = wordsOf(n);
  const rows = new Uint16Array((data.length / n) * words);
  for (let row = 0, at = 0; row < rows.length; row += words)
    for (let j = 0; j < n; j++, at++) rows[row + (j >>> 4)] |= Number(data[at] !== 0) << (j & 15);
  return rows;
}

/** Writes the matrices with `edge` for every one; `out` has n entries a row. */
export function unpackRows<T extends Uint8Array | Float32Array>(
  rows: Uint16Array,
  n: number,
  out: T,
  edge = 1,
): T {
  const words = wordsOf(n);
  for (let row = 0, at = 0; row < rows.length; row += words)
    for (let j = 0; j < n; j++, at++) out[at] = ((rows[row + (j >>> 4)] >>> (j & 15)) & 1) * edge;
  return out;
}

/** The number of ones of each row, into `out`. */
export function rowSums(rows: Uint16Array, n: number, out: Uint16Array): Uint16Array {
  const words = wordsOf(n);
  for (let row = 0, at = 0; at < rows.length; row++) {
    let sum = 0;
    for (const end = at + words; at < end; at++) sum += onesOf(rows[at]);
    out[row] = sum;
  }
  return out;
}

/**
 * Sets the `length` bits from `column` on, zeros before, of the row that begins at word `row`, to those of the bit
 * string `source` from bit `from` on, least significant first. One word more than the string's is read.
 */
export function copyBits(
  source: Uint32Array,
  from: number,
  length: number,
  rows: Uint16Array,
  row: number,
  column: number,
): void {
  for (;;) {
    const shift = column & 15;
    const take = Math.min(16 - shift, length);
    const [at, skip] = [from >>> 5, from & 31];
    // two shifts: one by 32 would be one by 0
    const bits = (source[at] >>> skip) | ((source[at + 1] << 1) << (31 - skip));
    rows[row + (column >>> 4)] |= (bits & ((1 << take) - 1)) << shift;
    if (take === length) return;
    from += take;
    column += take;
    length -= take;
  }
}

const block = new Int32Array(16);

/**
 * Transposes two 16 x 16 matrices at once, in the lower and the upper halves of 16 words: halves, quarters, ... change
 * places.
 */
function transposeBlocks(): void {
  for (let j = 8, mask = 0x00ff00ff; j !== 0; j >>= 1, mask ^= mask << j)
    for (let k = 0; k < 16; k = ((k | j) + 1) & ~j) {
      const swap = ((block[k] >>> j) ^ block[k | j]) & mask;
      block[k] ^= swap << j;
      block[k | j] ^= swap;
    }
}

/** Adds the transpose to every matrix, all of whose ones lie above the diagonal: directed to undirected edges. */
export function symmetrise(rows: Uint16Array, n: number): void {
  const words = wordsOf(n);
  const size = n * words;
  for (let graph = 0; graph < rows.length; graph += 2 * size) {
    const second = graph + size;
    for (let r = 0; r < words; r++)
      for (let c = r; c < words; c++) {
        const [height, width] = [Math.min(16, n - 16 * r), Math.min(16, n - 16 * c)];
        const from = 16 * r * words + c;
        const to = 16 * c * words + r;
        block.fill(0);
        for (let k = 0, at = from; k < height; k++, at += words)
          block[k] = rows[graph + at] | (rows[second + at] << 16);
        transposeBlocks();
        for (let k = 0, at = to; k < width; k++, at += words) {
          rows[graph + at] |= block[k];
          if (second < rows.length) rows[second + at] |= block[k] >>> 16;
        }
      }
  }
}
