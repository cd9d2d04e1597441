import { expect, it } from "vitest";
import { keyFor, normals } from "../../../src/base/random.ts";
import { gradientSums } from "../../../src/engine/train/gradient-sums.ts";
import { perExample } from "../../../src/engine/train/per-example.ts";
import { pack } from "../../../src/engine/train/flat.ts";
import { gaussian } from "../../../src/distribution/gaussian.ts";
import { frameAveraged } from "../../../src/network/frame-averaged.ts";
import { groupLinear } from "../../../src/network/group-linear.ts";
import { initialise } from "../../../src/network/initialise.ts";
import { parseGroup } from "../../../src/symmetry/groups.ts";

const group = parseGroup("cyclic:6");
const options = { columns: 1, layers: 1, width: 4, readoutLayers: 1, pool: "mean" } as const;
const linear = groupLinear(group, options);
/** Its relus' gradients lie otherwise than its relus. */
const averaged = frameAveraged({ ...options, group, frame: "reynolds", layers: 2 });
const count = 37;
const samples = gaussian([6]).sample(keyFor("inputs"), count);
const factors = normals(keyFor("factors"), new Float32Array(count));
const shares = normals(keyFor("shares"), new Float32Array(count));

it.each([
  ["onnx", "group-linear", linear],
  ["wasm", "group-linear", linear],
  ["onnx", "frame-averaged", averaged],
  ["wasm", "frame-averaged", averaged],
] as const)("are those of the single examples' gradients: %s, %s", async (backend, _, network) => {
  const encoded = network.encode(samples);
  const sums = await gradientSums(network, 16, { backend }); // the last batch is padded
  const each = await perExample(network, count, { backend: backend === "onnx" ? "wasm" : "onnx" });
  const weights = new Float32Array(sums.size);
  pack(network.weights, initialise(network, keyFor("weights")), weights);
  const { predictions, gradients } = await each.run(weights, encoded, count);
  const terms = {
    gradients: (h: number, x: number) => factors[x] * h,
    weighted: (h: number, x: number) => shares[x] * predictions[x] * h,
    squares: (h: number, x: number) => shares[x] * h * h,
  };
  const found = await sums.run(weights, encoded, factors, shares);
  const farthest = (kind: keyof typeof terms): number => {
    expect(found[kind].length).toBe(sums.size);
    const far = Array.from(found[kind], (sum, i) => {
      const all = Array.from({ length: count }, (_, x) => terms[kind](gradients[i * count + x], x));
      const size = all.reduce((a, t) => a + Math.abs(t), 0);
      return Math.abs(sum - all.reduce((a, t) => a + t, 0)) / (size || 1);
    });
    return Math.max(...far);
  };
  // 16 terms a batch and the few roundings of a term
  for (const kind of ["gradients", "weighted", "squares"] as const)
    expect(farthest(kind), kind).toBeLessThan(40 * 2 ** -24);
  for (const [kind, given] of [
    ["gradients", factors],
    ["squares", shares],
  ] as const) {
    given[3] *= 1.001; // a thousandth is seen, of one example
    expect(farthest(kind), kind).toBeGreaterThan(40 * 2 ** -24);
    given[3] /= 1.001;
  }
  await Promise.all([sums.dispose(), each.dispose()]);
});
