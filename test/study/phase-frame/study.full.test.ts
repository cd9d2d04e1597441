/** Energies over orbits of shifts: the design's shares. */

import { beforeAll, describe, expect, it } from "vitest";
import { phaseFrameBlocks } from "../../../src/study/phase-frame/section.ts";
import { phaseFrameStudy, type PhaseFrames } from "../../../src/study/phase-frame/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { computed, foundBy } from "../computed.ts";

const scope = { scale: "quick", catalogue: builtIn } as const;
const [task] = phaseFrameStudy.tasks(scope).first!;

describe("canonicalisation of signals by an energy", () => {
  let found: PhaseFrames;
  beforeAll(async () => {
    [found] = await foundBy(phaseFrameStudy, task, scope);
  });

  it("is invariant by the one minimiser and by both, not by one of two, nor by a template (negative controls)", () => {
    const [one, both, picked, template] = found.ways;
    for (const { largest, changed } of [one, both]) {
      expect(largest).toBeLessThan(1e-9);
      expect(changed).toBe(0);
    }
    expect(picked.changed).toBeGreaterThan(0.35);
    expect(picked.changed).toBeLessThan(0.65);
    expect(template.changed).toBeGreaterThan(0.5);
  });

  it("jumps where the frequency of the phase is nearly absent", () => {
    expect(found.perturbation.nearZero).toBeGreaterThan(100 * found.perturbation.general);
    expect(phaseFrameBlocks(found)).toHaveLength(2);
  });

  it("refuses signals of even length", async () => {
    await expect(computed(phaseFrameStudy, { ...task.params, length: 16 })).rejects.toThrow(
      /^length: 16 is even/,
    );
  });
});
