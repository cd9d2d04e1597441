import { describe, expect, it } from "vitest";
import { learnTransformed } from "./runs.ts";

const explained = async (options: Parameters<typeof learnTransformed>[0], seed = 0): Promise<number> =>
  Number((await learnTransformed(options, seed)).final.explainedVariance);

/** Checked with another framework (design, neighbours 0.1): 6000 steps in all, width 128, Adam 3e-3, batches of 256. */
describe("a hidden plane at d = 64, k = 6", () => {
  it.each([0, 1])("is found by squares first, seed %i", async (seed) => {
    expect(await explained({ d: 64, k: 6 }, seed)).toBeGreaterThan(0.995);
  });

  it.each([{ first: 0 }, { control: "placebo" }, { control: "shuffled" }, { control: "reuse:2" }])(
    "is not found by %j",
    async (options) => {
      expect(Math.abs(await explained({ d: 64, k: 6, ...options }))).toBeLessThan(0.03);
    },
  );

  it("is not found from a fixed sample, nor by signs", async () => {
    expect(await explained({ d: 64, k: 6, control: "fixed:20000" })).toBeLessThan(0);
    expect(Math.abs(await explained({ d: 64, k: 6, transform: "sign" }))).toBeLessThan(0.03);
  });
});

it("at d = 128, k = 6 too", async () => {
  expect(await explained({ d: 128, k: 6 })).toBeGreaterThan(0.98);
});
