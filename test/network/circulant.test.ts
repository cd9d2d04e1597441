import { beforeAll, describe, expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { defaultDevice, init, numpy as np } from "../../src/engine/lower/jax.ts";
import { lowerProgram } from "../../src/engine/lower/lower.ts";
import { trace } from "../../src/engine/lower/trace.ts";
import { trainingStep } from "../../src/engine/train/training-step.ts";
import { circulantMix, isCirculant, spectralCost } from "../../src/network/circulant.ts";
import { groupLinear } from "../../src/network/group-linear.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";
import { pairOrbits } from "../../src/symmetry/orbits.ts";

beforeAll(async () => {
  await init("wasm");
  defaultDevice("wasm");
});

const [batch, from, to] = [3, 4, 2];

describe("a layer in the Fourier basis", () => {
  it.each(["cyclic:2", "cyclic:3", "cyclic:7", "cyclic:8", "dihedral:6", "dihedral:5", "symmetric:4"])(
    "is the sum over orbits of means times matrices: %s",
    (name) => {
      const group = parseGroup(name);
      const n = group.degree;
      const { labels, count } = pairOrbits(group.generators, n);
      expect(isCirculant(labels, n)).toBe(true);
      const h = normals(keyFor(name, "h"), new Float32Array(n * batch * from));
      const w = normals(keyFor(name, "w"), new Float32Array(count * from * to));
      const mix = circulantMix(labels.subarray(0, n), count);
      const found = mix(np.array(h).reshape([n, batch, from]), np.array(w).reshape([count * from, to])).dataSync(); // prettier-ignore
      const sizes = Array.from({ length: count }, () => 0);
      for (let s = 0; s < n; s++) sizes[labels[s]]++;
      for (let i = 0; i < n; i++)
        for (let e = 0; e < batch; e++)
          for (let u = 0; u < to; u++) {
            let sum = 0;
            for (let j = 0; j < n; j++) {
              const o = labels[i * n + j];
              for (let c = 0; c < from; c++)
                sum += (h[(j * batch + e) * from + c] * w[(o * from + c) * to + u]) / sizes[o];
            }
            expect(found[(i * batch + e) * to + u]).toBeCloseTo(sum, 4);
          }
    },
  );

  it("is for groups that hold the shift of all points only", () => {
    for (const name of ["cyclic:2xcyclic:3", "trivial:4"]) {
      const group = parseGroup(name);
      const { labels } = pairOrbits(group.generators, group.degree);
      expect(isCirculant(labels, group.degree)).toBe(false);
    }
  });

  it("trains without moving single numbers about: transposes keep runs, or belong to a product", () => {
    const network = groupLinear(parseGroup("cyclic:8"), { columns: 3, layers: 2, width: 16, readoutLayers: 1, pool: "mean" }); // prettier-ignore
    const { fn, inputs } = trainingStep({ network, loss: "squared", optimizer: "adam", batch: 4 });
    const moves = lowerProgram(trace(fn, inputs)).nodes.flatMap(({ op, attributes }) =>
      op === "Transpose" ? [attributes["perm"] as number[]] : [],
    );
    const single = moves.filter((perm) => perm.at(-1) !== perm.length - 1 && perm.join() !== "0,2,1");
    expect(moves.length).toBeGreaterThan(0);
    expect(single).toEqual([]);
  });

  it("takes fewer multiplications than a full-length filter where features are many", () => {
    const direct = 32 * 32 * 64 * 64;
    expect(spectralCost(32, 64, 64)).toBeLessThan(direct / 8);
  });
});
