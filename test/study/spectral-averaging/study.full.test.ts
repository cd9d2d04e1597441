/** Exact symmetry by generators: the saving in examples, and the identity with the average over all elements. */

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { mean } from "../../../src/base/statistics.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { spectralBlocks, spectralText } from "../../../src/study/spectral-averaging/section.ts";
import { spectralAveraging, type SpectralAveraging } from "../../../src/study/spectral-averaging/study.ts";
import { processorTime } from "../../processor-time.ts";
import { foundBy } from "../computed.ts";

const scope = { scale: "laptop", catalogue: builtIn } as const;
const [task] = spectralAveraging.tasks(scope).first!;

// the times that are compared are of milliseconds, which other work of the machine makes longer as it likes
beforeAll(() => void vi.spyOn(performance, "now").mockImplementation(processorTime));
afterAll(() => void vi.restoreAllMocks());

describe("spectral averaging", () => {
  let found: SpectralAveraging;
  beforeAll(async () => {
    const params = {
      ...task.params,
      groups: ["cyclic:8", "symmetric:8"],
      kernelSamples: 0,
      seeds: [0, 1, 2],
    };
    [found] = await foundBy(spectralAveraging, { ...task, params }, scope);
  });

  it("takes 495 functions to 65 under cyclic shifts of 8, and 12 under all permutations", () => {
    expect(found.groups.map((g) => [g.functions, g.invariant])).toEqual([
      [495, 65],
      [495, 12],
    ]);
  });

  it("saves examples in that proportion: 7.6 under cyclic shifts", () => {
    for (const { samples } of found.groups[0].samples.map((s) => ({ samples: s }))) {
      const ratio = mean(samples.plain) / mean(samples.invariant);
      expect(ratio / (495 / 65)).toBeGreaterThan(0.75);
      expect(ratio / (495 / 65)).toBeLessThan(1.3);
    }
    // and in the number of examples
    const [few, many] = found.groups[0].samples;
    expect(mean(few.invariant) / mean(many.invariant)).toBeGreaterThan(2.5);
  });

  it("stands beside kernel ridge regression with the group's kernel, in error and time", async () => {
    const params = {
      ...task.params,
      groups: ["cyclic:8"],
      samples: [200, 800],
      kernelSamples: 800,
      points: 300,
    };
    const [{ groups, times }] = await foundBy(
      spectralAveraging,
      { ...task, params: { ...params, noise: 0, seeds: [0] } },
      scope,
    );
    const [few, many] = groups[0].samples.map((s) => s.kernel![0]);
    // the target has norm 1, the error of the constant 0; more examples help
    expect(few).toBeLessThan(1.5);
    expect(many).toBeLessThan(few);
    expect(times[0].kernel!).toBeGreaterThan(times[0].invariant);
    // beyond its limit it is not run, and says so
    const [cut] = await foundBy(
      spectralAveraging,
      { ...task, params: { ...params, kernelSamples: 200, seeds: [0] } },
      scope,
    );
    expect(cut.groups[0].samples.map((s) => s.kernel === null)).toEqual([false, true]);
    expect(JSON.stringify(spectralBlocks(cut)[1])).toContain("not run");
  });

  it("is the average over all elements; of 40320 nobody takes it", () => {
    expect(found.groups[0].averagedDifference!).toBeLessThan(1e-10);
    expect(found.groups[1].averagedDifference).toBeNull();
    expect(spectralText(found)).toContain("495 functions to 65");
    expect(spectralBlocks(found)[1]).toMatchObject({ kind: "table" });
    expect(found.times[0].averaged!).toBeGreaterThan(found.times[0].invariant);
  });
});
