import { stream, type Key } from "../../../src/base/random.ts";
import type { Samples } from "../../../src/distribution/law.ts";

/** Undirected graphs on n nodes with edge probability 1/2. */
export function graphs(key: Key, n: number, count: number): Samples {
  const { word } = stream(key);
  const data = new Uint8Array(count * n * n);
  for (let g = 0; g < count; g++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) data[(g * n + i) * n + j] = data[(g * n + j) * n + i] = word() & 1;
  return { count, shape: [n, n], data };
}

/** How many nodes of each graph have a degree in `set`. */
export function degreeCounts({ count, shape: [n], data }: Samples, set: readonly number[]): number[] {
  return Array.from({ length: count }, (_, g) => {
    let m = 0;
    for (let row = g * n; row < (g + 1) * n; row++) {
      const degree = Array.from(data.subarray(row * n, (row + 1) * n)).reduce((a, b) => a + b, 0);
      if (set.includes(degree)) m++;
    }
    return m;
  });
}
