/** The walk-through for a class of one's own: its figures by enumeration. */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { stream } from "../../src/base/random.ts";
import { largestEigenvalue } from "../../src/numeric/eigenvalue-bounds.ts";
import { certifyLabels } from "../../src/query/own-class/class-of-your-own.ts";

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/your-own-family.md"), "utf8");
describe("docs/your-own-family.md", () => {
  it("the signs of averaged parities have the dimension that it states, and no smaller certificate", () => {
    const [n, k] = [13, 4];
    const size = (set: number): number => set.toString(2).replaceAll("0", "").length;
    const shifts = (set: number): number[] =>
      Array.from({ length: n }, (_, g) => ((set << g) | (set >>> (n - g))) & (2 ** n - 1));
    const sets = Array.from({ length: 2 ** n }, (_, set) => set)
      .filter((set) => size(set) === k)
      .filter((set) => set === Math.min(...shifts(set)));
    const rows = sets.map((set) => {
      const all = shifts(set);
      return Int8Array.from({ length: 2 ** n }, (_, x) =>
        Math.sign(all.reduce((sum, t) => sum + (size(x & t) % 2 === 1 ? -1 : 1), 0)),
      );
    });
    const inner = (a: Int8Array, b: Int8Array): number => a.reduce((sum, y, x) => sum + y * b[x], 0) / 2 ** n;
    const gram = Float64Array.from(rows.flatMap((a) => rows.map((b) => inner(a, b))));
    const exact = rows.length / largestEigenvalue(gram, rows.length).upper;
    const text = page.replace(/\s+/g, " ");
    expect(text).toContain(`the dimension ${exact.toFixed(2)}`);
    const mean = rows[0].reduce((sum, y) => sum + y, 0) / 2 ** n;
    expect(text).toContain(`the mean ${mean.toFixed(4)}`);
    const printed = Number(/^([\d.]+) false$/m.exec(page)?.[1]);
    expect(printed).toBeLessThan(exact);
    expect(printed).toBeGreaterThan(0.9 * exact);
  });

  it("the price of confidence is as its table says", async () => {
    const shares = [...(/^\| certified +\|(.*)\|$/m.exec(page)?.[1] ?? "").matchAll(/(\d+) %/g)].map((m) => Number(m[1])); // prettier-ignore
    expect(shares).toHaveLength(4);
    for (const [i, functions] of [50, 50, 50, 20].entries()) {
      const samples = functions * 10 ** (i + 1);
      const { word } = stream([1, functions]);
      const values = Int8Array.from({ length: functions * samples }, () => ((word() & 1) === 1 ? 1 : -1));
      const c = await certifyLabels({ functions, samples, values });
      expect(Math.abs((100 * Number(c.dimension.spectral)) / functions - shares[i])).toBeLessThan(3);
    }
  });
});
