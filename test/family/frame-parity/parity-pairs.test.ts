import { expect, it } from "vitest";
import { keyFor, normals, stream } from "../../../src/base/random.ts";
import { paritySums } from "../../../src/family/frame-parity/parity-pairs.ts";
import { reluParity } from "../../../src/family/frame-parity/relu-parity.ts";

it.each([2, 4, 6, 8, 10, 12])("two examples at a time give what one does, to the last bit, k = %i", (k) => {
  const form = reluParity(k, "parity");
  const [n, halves, count] = [2 * k, 9, 30];
  const { below } = stream(keyFor("sets", k));
  const chosen = Array.from({ length: halves }, () => Array.from({ length: k / 2 }, () => below(n)));
  const sets = Int32Array.from({ length: 2 * count }, () => below(halves));
  const tables = [0, 1].map((example) => {
    const x = normals(keyFor("example", k, example), new Float64Array(n));
    const table = form.tables(halves);
    for (const [i, half] of chosen.entries()) form.write(table, i, x, 0, half, true);
    return table;
  });
  const sums = paritySums(form, halves, sets);
  sums.take(tables[0], tables[1]);
  for (const [from, to] of [
    [0, count],
    [3, 4],
    [10, 21],
  ]) {
    const wanted = tables.map((table) => {
      let sum = 0;
      for (let s = from; s < to; s++) sum += form.combine(table, sets[2 * s], sets[2 * s + 1]);
      return sum;
    });
    expect(sums.sum(from, to)).toEqual(wanted);
    expect(wanted[0]).not.toBe(wanted[1]);
  }
});
