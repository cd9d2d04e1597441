import { beforeAll, describe, expect, it } from "vitest";
import { keyFor, normals } from "../../../src/base/random.ts";
import { numpy as np, valueAndGrad } from "../../../src/engine/lower/jax.ts";
import { losses, meanLoss, type Loss } from "../../../src/engine/train/loss.ts";
import { optimiser } from "../../../src/engine/train/optimiser.ts";
import { compile, startJax, type Executable } from "../../../src/engine/run/program.ts";
import type { Specs } from "../../../src/engine/lower/trace.ts";

beforeAll(startJax);

const size = 5;
const real = { shape: [size], type: "float64" } as const;
const scalar = { shape: [], type: "float64" } as const;
const gradientAt = (step: number, scale = 1): Float64Array =>
  normals(keyFor("gradient", step), new Float64Array(size)).map((z) => scale * z);

/** The update alone, compiled. */
function compileUpdate(name: "sgd" | "adam"): Promise<Executable> {
  const rule = optimiser(name);
  const numbers = Array.from({ length: rule.scheduled }, (_, i) => `s${i}`);
  const specs: Specs = {
    w: real,
    g: real,
    ...Object.fromEntries(rule.state.map((s) => [s, real])),
    ...Object.fromEntries(numbers.map((s) => [s, scalar])),
  };
  return compile(
    (x) => {
      const { weights, state } = rule.update(
        x.w,
        x.g,
        rule.state.map((s) => x[s]),
        numbers.map((s) => x[s]),
      );
      return { w_next: weights, ...Object.fromEntries(rule.state.map((s, i) => [`${s}_next`, state[i]])) };
    },
    specs,
    { backend: "onnx" },
  );
}

async function follow(
  name: "sgd" | "adam",
  lr: number,
  gradient: (step: number) => Float64Array,
  steps: number,
): Promise<Float64Array> {
  const rule = optimiser(name);
  const program = await compileUpdate(name);
  let w = normals(keyFor("start"), new Float64Array(size));
  let state = rule.state.map(() => new Float64Array(size));
  for (let t = 1; t <= steps; t++) {
    const out = await program.run({
      w,
      g: gradient(t),
      ...Object.fromEntries(rule.state.map((s, i) => [s, state[i]])),
      ...Object.fromEntries(rule.schedule(t, lr).map((value, i) => [`s${i}`, Float64Array.of(value)])),
    });
    w = out.w_next as typeof w;
    state = rule.state.map((s) => out[`${s}_next`] as typeof w);
  }
  await program.dispose();
  return w;
}

/** Kingma and Ba 2015, Algorithm 1, as printed. */
function textbookAdam(lr: number, gradient: (step: number) => Float64Array, steps: number, eps = 1e-8) {
  const w = normals(keyFor("start"), new Float64Array(size));
  const [m, v] = [new Float64Array(size), new Float64Array(size)];
  for (let t = 1; t <= steps; t++) {
    const g = gradient(t);
    for (let i = 0; i < size; i++) {
      m[i] = 0.9 * m[i] + 0.1 * g[i];
      v[i] = 0.999 * v[i] + 0.001 * g[i] ** 2;
      w[i] -= (lr * (m[i] / (1 - 0.9 ** t))) / (Math.sqrt(v[i] / (1 - 0.999 ** t)) + eps);
    }
  }
  return w;
}

const distance = (a: Float64Array, b: Float64Array): number =>
  Math.max(...a.map((x, i) => Math.abs(x - b[i])));

describe("adam", () => {
  // gradients of the size of epsilon: there its place, outside the root and after the correction, shows
  for (const scale of [1, 1e-8])
    it(`is Algorithm 1 of Kingma and Ba, for gradients of size ${scale}`, async () => {
      const gradient = (t: number): Float64Array => gradientAt(t, scale);
      const reached = await follow("adam", 0.01, gradient, 50);
      expect(distance(reached, textbookAdam(0.01, gradient, 50))).toBeLessThan(1e-12);
      // negative control: another epsilon is told apart where it matters
      const other = distance(reached, textbookAdam(0.01, gradient, 50, 2e-8));
      if (scale < 1) expect(other).toBeGreaterThan(1e-3);
    });

  it("changes nothing, exactly, while the gradient is 0", async () => {
    const start = normals(keyFor("start"), new Float64Array(size));
    expect(await follow("adam", 0.1, () => new Float64Array(size), 20)).toEqual(start);
  });
});

describe("sgd", () => {
  it("subtracts rate times gradient", async () => {
    const expected = normals(keyFor("start"), new Float64Array(size));
    for (let t = 1; t <= 10; t++) gradientAt(t).forEach((g, i) => (expected[i] -= 0.1 * g));
    expect(distance(await follow("sgd", 0.1, gradientAt, 10), expected)).toBeLessThan(1e-13);
  });
});

describe("losses", () => {
  const each: Record<
    Loss,
    { value: (f: number, y: number) => number; slope: (f: number, y: number) => number }
  > = {
    squared: { value: (f, y) => (f - y) ** 2, slope: (f, y) => 2 * (f - y) },
    l1: { value: (f, y) => Math.abs(f - y), slope: (f, y) => Math.sign(f - y) },
    logistic: {
      // log(1 + e^z) is z itself, to the last bit, from z = 40 on
      value: (f, y) => (-y * f > 40 ? -y * f : Math.log1p(Math.exp(-y * f))),
      slope: (f, y) => -y / (1 + Math.exp(y * f)),
    },
  };
  const predictions = [0, 1, -1, 0.5, -3, 30, -30, 1000, -1000, 2];
  const labels = [1, 1, 1, -1, -1, 1, 1, -1, 1, -1];
  const count = predictions.length;

  for (const loss of losses)
    it(`${loss}: mean and slope are the closed forms, at extreme predictions too`, async () => {
      const spec = { shape: [count], type: "float64" } as const;
      const program = await compile(
        ({ f, y }) => {
          const [value, slope] = valueAndGrad((p: np.Array) => meanLoss(loss, p, y))(f);
          return { value, slope: slope as unknown as np.Array };
        },
        { f: spec, y: spec },
        { backend: "onnx" },
      );
      const { value, slope } = await program.run({
        f: Float64Array.from(predictions),
        y: Float64Array.from(labels),
      });
      await program.dispose();
      const { value: valueOf, slope: slopeOf } = each[loss];
      const expected = predictions.reduce((sum, f, i) => sum + valueOf(f, labels[i]), 0) / count;
      expect(Math.abs(value[0] / expected - 1)).toBeLessThan(1e-12);
      predictions.forEach((f, i) => {
        // at f = 0 both branches of the stable form of the logistic loss meet
        expect(Math.abs(slope[i] * count - slopeOf(f, labels[i])), `slope at ${f}`).toBeLessThan(1e-9);
      });
    });
});
