import { afterAll, describe, expect, it } from "vitest";
import { keyFor, stream, type Key } from "../../src/base/random.ts";
import type { Samples } from "../../src/distribution/law.ts";
import { createTrainer, type Trainer, type TrainerOptions } from "../../src/engine/trainer.ts";
import { gnn, type GnnOptions } from "../../src/network/gnn.ts";
import { initialise } from "../../src/network/initialise.ts";

const n = 7;
const batch = 16;

function graphs(key: Key, count: number): Samples {
  const { word } = stream(key);
  const data = new Uint8Array(count * n * n);
  for (let g = 0; g < count; g++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) data[g * n * n + i * n + j] = data[g * n * n + j * n + i] = word() & 1;
  return { count, shape: [n, n], data };
}

/** +1 or -1 by the parity of the number of nodes of degree 2 or 3. */
function labels({ count, data }: Samples): Float32Array {
  return Float32Array.from({ length: count }, (_, g) => {
    let m = 0;
    for (let i = 0; i < n; i++) {
      const row = g * n * n + i * n;
      const degree = data.subarray(row, row + n).reduce((a, b) => a + b, 0);
      if (degree === 2 || degree === 3) m++;
    }
    return m % 2 === 0 ? 1 : -1;
  });
}

const network = (options: Partial<GnnOptions> = {}) =>
  gnn({
    n,
    largestDegree: n - 1,
    expectedDegree: (n - 1) / 2,
    degreeSd: Math.sqrt((n - 1) / 4),
    layers: 2,
    width: 12,
    readoutLayers: 1,
    pool: "mean",
    ...options,
  });

const opened: Trainer[] = [];
afterAll(() => Promise.all(opened.map((t) => t.dispose())));

async function trainer(options: Partial<TrainerOptions> & { net?: Partial<GnnOptions> }): Promise<Trainer> {
  const net = network(options.net);
  const made = await createTrainer({
    network: net,
    loss: "squared",
    optimizer: "adam",
    lr: 2e-3,
    batch,
    weights: initialise(net, keyFor("weights", 3)),
    predictBatch: 10,
    ...options,
  });
  opened.push(made);
  return made;
}

async function losses(options: Parameters<typeof trainer>[0], steps = 25): Promise<number[]> {
  const t = await trainer(options);
  const net = network(options.net);
  const out: number[] = [];
  for (let s = 0; s < steps; s++) {
    const x = graphs(keyFor("train", s), batch);
    out.push(await t.step(net.encode(x), labels(x)));
  }
  return out;
}

function expectClose(a: readonly number[], b: readonly number[], relative: number): void {
  expect(a.length).toBe(b.length);
  a.forEach((x, i) => expect(Math.abs(x - b[i]), `step ${i}: ${x} and ${b[i]}`).toBeLessThanOrEqual(relative * Math.abs(b[i]))); // prettier-ignore
}

describe("a training run", () => {
  for (const loss of ["squared", "logistic", "l1"] as const)
    it(`with ${loss} loss takes the same course through ONNX and in jax-js`, async () => {
      expectClose(await losses({ loss, backend: "onnx" }), await losses({ loss, backend: "wasm" }), 1e-4);
    });
});
