import { beforeAll, describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { gaussian } from "../../src/distribution/gaussian.ts";
import { defaultDevice, init } from "../../src/engine/lower/jax.ts";
import { invarianceError, permuteEntries } from "../../src/network/equivariance.ts";
import { frameAveraged } from "../../src/network/frame-averaged.ts";
import { initialise } from "../../src/network/initialise.ts";
import { randomElement } from "../../src/symmetry/chain.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";

beforeAll(async () => {
  await init("wasm");
  defaultDevice("wasm");
});

const options = { columns: 1, layers: 2, width: 6, readoutLayers: 1, pool: "mean" } as const;

describe("a frame-averaged network", () => {
  const small = [
    ["cyclic:6", "reynolds"],
    ["dihedral:5", "reynolds"],
    ["cyclic:2xcyclic:3", "sort-abs"],
    ["trivial:4", "reynolds"],
  ] as const;

  it.each([...small, ["symmetric:5", "sort-abs"] as const])(
    "is invariant under its group: %s, %s",
    async (name, frame) => {
      const group = parseGroup(name);
      const n = group.degree;
      const network = frameAveraged({ ...options, group, frame });
      const weights = initialise(network, keyFor("weights"));
      const samples = gaussian([n]).sample(keyFor("samples"), 20);
      for (let i = 0; i < 3; i++) {
        const g = randomElement(group.chain(), keyFor("element", i));
        const error = await invarianceError(network, weights, samples, (s) => permuteEntries(s, g));
        expect(error).toBeLessThan(1e-5);
      }
    },
  );

  it.each(small)("is invariant under no other permutation: %s, %s", async (name, frame) => {
    const group = parseGroup(name);
    const n = group.degree;
    const network = frameAveraged({ ...options, group, frame });
    const weights = initialise(network, keyFor("weights"));
    const samples = gaussian([n]).sample(keyFor("samples"), 20);
    const exchange = Int32Array.from({ length: n }, (_, i) => (i < 2 ? 1 - i : i));
    const error = await invarianceError(network, weights, samples, (s) => permuteEntries(s, exchange));
    expect(error).toBeGreaterThan(1e-3);
  });

  it("encodes into buffers given to it, and refuses groups too large to hold", () => {
    const network = frameAveraged({ ...options, group: parseGroup("cyclic:6"), frame: "reynolds" });
    const samples = gaussian([6]).sample(keyFor("samples"), 3);
    const first = network.encode(samples);
    expect(Array.from(first["x"])).toEqual(Array.from(samples.data));
    expect(network.encode(samples, first)["x"]).toBe(first["x"]);
    expect(() => frameAveraged({ ...options, group: parseGroup("symmetric:9"), frame: "reynolds" })).toThrow(
      /362880 transformed inputs of 9 entries/,
    );
    expect(() => frameAveraged({ ...options, group: parseGroup("symmetric:9"), frame: "sort-abs" })).not.toThrow(); // prettier-ignore
  });
});
