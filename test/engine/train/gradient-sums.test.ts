import { expect, it } from "vitest";
import { keyFor, normals } from "../../../src/base/random.ts";
import { gradientSums } from "../../../src/engine/train/gradient-sums.ts";
import { perExample } from "../../../src/engine/train/per-example.ts";
import { pack } from "../../../src/engine/train/flat.ts";
import { gaussian } from "../../../src/distribution/gaussian.ts";
import { groupLinear } from "../../../src/network/group-linear.ts";
import { initialise } from "../../../src/network/initialise.ts";
import { parseGroup } from "../../../src/symmetry/groups.ts";

const options = { columns: 1, layers: 1, width: 4, readoutLayers: 1, pool: "mean" } as const;
const network = groupLinear(parseGroup("cyclic:6"), options);
const count = 37;
const samples = gaussian([6]).sample(keyFor("inputs"), count);
const encoded = network.encode(samples);
const factors = normals(keyFor("factors"), new Float32Array(count));

it.each(["onnx", "wasm"] as const)("are those of the single examples' gradients: %s", async (backend) => {
  const sums = await gradientSums(network, 16, { backend }); // the last batch is padded
  const each = await perExample(network, count);
  const weights = new Float32Array(sums.size);
  pack(network.weights, initialise(network, keyFor("weights")), weights);
  const { predictions, gradients } = await each.run(weights, encoded, count);
  const terms = {
    gradients: (h: number) => h,
    weighted: (h: number, x: number) => h * predictions[x],
    squares: (h: number) => h * h,
  };
  for (const [kind, term] of Object.entries(terms)) {
    const found = await sums[kind as keyof typeof terms](weights, encoded, factors);
    expect(found.length).toBe(sums.size);
    const far = Array.from(found, (sum, i) => {
      const all = Array.from(factors, (c, x) => c * term(gradients[i * count + x], x));
      const size = all.reduce((a, t) => a + Math.abs(t), 0);
      return Math.abs(sum - all.reduce((a, t) => a + t, 0)) / (size || 1);
    });
    // 16 terms a batch and the few roundings of a term
    expect(Math.max(...far), kind).toBeLessThan(40 * 2 ** -24);
  }
  const other = await sums.squares(
    weights,
    encoded,
    factors.map((c) => 1.001 * c),
  ); // a thousandth is seen
  const own = await sums.squares(weights, encoded, factors);
  expect(other.some((x, i) => Math.abs(x - own[i]) > 5e-4 * Math.abs(own[i]))).toBe(true);
  await Promise.all([sums.dispose(), each.dispose()]);
});
