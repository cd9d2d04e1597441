/** Against GAP (Debian's gap-core): orders, orbits on subsets and stabilisers of random groups. */

import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { subsetStabiliserOrder } from "../../src/symmetry/actions.ts";
import { generatedGroup } from "../../src/symmetry/groups.ts";
import { orbits } from "../../src/symmetry/orbits.ts";
import { orbitsOnSubsets } from "../../src/symmetry/orbit-count.ts";
import { identity, type Permutation } from "../../src/symmetry/permutation.ts";
import { published, publishedGenerators, type Published } from "./cycles.ts";

const gap = (script: string) =>
  spawnSync("gap", ["-q", "-A"], { input: script, encoding: "utf8", timeout: 300_000 });
const present = gap('Print("here\\n");').stdout?.includes("here") === true;
const required = process.env["CI"] !== undefined && process.env["CI"] !== "";

const toGap = (generators: readonly Permutation[]) =>
  `Group([${generators.map((g) => `PermList([${Array.from(g, (i) => i + 1).join(",")}])`).join(",")}])`;

/** Random permutations that respect a partition into blocks or orbits, so that not every group is a giant. */
function randomGenerators(seed: number): Permutation[] {
  const draws = stream(keyFor("gap", seed));
  const shuffle = (n: number): number[] => {
    const out = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = draws.below(i + 1);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  };
  const [blocks, size] = [1 + draws.below(6), 1 + draws.below(4)];
  return Array.from({ length: 1 + draws.below(3) }, () => {
    const g = identity(blocks * size + 2);
    const outer = draws.below(3) === 0 ? shuffle(blocks) : shuffle(blocks).map((_, i) => i);
    for (let b = 0; b < blocks; b++) {
      const inner = draws.below(2) === 0 ? shuffle(size) : shuffle(size).map((_, i) => i);
      for (let i = 0; i < size; i++) g[b * size + i] = outer[b] * size + inner[i];
    }
    return g;
  });
}

describe("GAP", () => {
  it.runIf(required)("is installed where tests run for every change", () => {
    expect(present, "apt-get install --no-install-recommends gap-core").toBe(true);
  });

  it.skipIf(!present)("agrees on random groups: order, orbits, k-subsets, stabilisers", () => {
    const cases = Array.from({ length: 150 }, (_, seed) => randomGenerators(seed));
    const script = cases.map((list) => {
      const n = list[0].length;
      return `G:=${toGap(list)}; Print("=", Size(G), " ", Length(Orbits(G,[1..${n}])), " ", Size(Stabilizer(G,Set([1,2,${n}]),OnSets)), " ", ${n <= 14 ? `Length(Orbits(G,Combinations([1..${n}],3),OnSets))` : "0"}, "\\n");`; // prettier-ignore
    });
    const answers = gap(script.join("\n")).stdout.match(/^=.*$/gm) ?? [];
    expect(answers).toHaveLength(cases.length);
    cases.forEach((list, i) => {
      const n = list[0].length;
      const group = generatedGroup("random", n, list);
      const triples = n <= 14 ? orbitsOnSubsets(group, 3) : 0n;
      const ours = `=${group.order()} ${orbits(list, n).length} ${subsetStabiliserOrder(group, [...new Set([0, 1, n - 1])])} ${triples}`; // prettier-ignore
      expect(ours).toBe(answers[i]);
    });
  });

  it.skipIf(!present)("agrees on the published groups", () => {
    const names = Object.keys(published) as Published[];
    const script = names.map((name) => `Print("=", Size(${toGap(publishedGenerators(name))}), "\\n");`);
    expect(gap(script.join("\n")).stdout.match(/^=.*$/gm)).toEqual(
      names.map((name) => `=${published[name].order}`),
    );
  });
});
