/** Averaging against canonicalisation: exponents of the design, and the predicted crossing against the measured one. */

import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, it } from "vitest";
import {
  contrastCaption,
  contrastFigure,
  regularityCaption,
  regularityFigure,
} from "../../../src/study/canonicalisation/section.ts";
import { canonicalisation, type Canonicalisation } from "../../../src/study/canonicalisation/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { frameIds } from "../../../src/symmetry/frames.ts";
import { foundBy } from "../computed.ts";

const scope = { scale: "quick", catalogue: builtIn } as const;
const [quick] = canonicalisation.tasks(scope).first!;
const task = { ...quick, params: { ...quick.params, pairs: 4000, repetitions: 8 } };
const { document } = parseHTML("<html><body></body></html>");

describe("averaging and canonicalisation", () => {
  let found: Canonicalisation;
  beforeAll(async () => {
    found = await foundBy(canonicalisation, task, scope);
  });
  const contrast = (target: string) => found.contrasts.find((c) => c.target === target)!;
  const curve = (target: string, model: string) => contrast(target).curves.find((c) => c.model === model)!;

  it("every frame has a regularity exponent: sort-abs jumps, the whole group and a sorted column do not", () => {
    const expected = {
      none: 2,
      "frame reynolds, cyclic:6": 2,
      "frame sort-abs, cyclic:6": 1,
      "frame sort-abs, symmetric:6": 1,
      "sort, one column": 2,
      "sort rows of two columns by the first": 1,
      "turn the largest entry to the front": 1,
    };
    expect(frameIds.every((id) => Object.keys(expected).some((map) => map.includes(id)))).toBe(true);
    const measured = Object.fromEntries(found.exponents.map((e) => [e.map, e.pooled]));
    expect(Object.keys(measured).sort()).toEqual(Object.keys(expected).sort());
    for (const [map, s] of Object.entries(expected))
      expect(Math.abs(measured[map] - s), map).toBeLessThan(0.15);
  });

  it("canonicalisation keeps all 35 parameters, averaging 7, and so the errors of an invariant target", () => {
    const of = (model: string) => curve("invariant cubic", model);
    expect([of("none"), of("averaged"), of("canonicalised")].map((c) => c.parameters)).toEqual([35, 7, 35]);
    for (const model of ["none", "averaged", "canonicalised"]) {
      expect(of(model).biasSquared).toBeLessThan(1e-20);
      // far above the number of parameters the formula is sharp
      const last = of(model).points.at(-1)!;
      expect(Math.abs(last.risk - last.predicted)).toBeLessThan(
        4 * last.standardError + 0.1 * last.predicted,
      );
    }
    expect(contrast("invariant cubic").crossover).toEqual({ predicted: null, measured: null });
    of("averaged").points.forEach((p, i) =>
      expect(p.risk).toBeLessThan(of("canonicalised").points[i].risk / 2),
    );
  });

  it.each(["2 x middle gap", "4 x largest"])("%s: crosses where it is predicted to", (target) => {
    expect(curve(target, "canonicalised").biasSquared).toBeLessThan(1e-20);
    expect(curve(target, "averaged").biasSquared).toBeGreaterThan(0.01);
    const { predicted, measured } = contrast(target).crossover;
    expect(measured! / predicted!).toBeGreaterThan(0.7);
    expect(measured! / predicted!).toBeLessThan(1.4);
  });

  it("are drawn with their numbers, and said in words", () => {
    expect(regularityFigure(found.exponents, document).rows).toHaveLength(7 * 5);
    expect(contrastFigure(found.contrasts, document).rows).toHaveLength(3 * 3 * 8);
    expect(regularityCaption(found.exponents)).toMatch(/Jumps: [^.]*sort-abs/);
    expect(contrastCaption(found.contrasts)).toMatch(/Invariant cubic: averaging ahead throughout/);
    // sentences follow the data (negative control)
    const swapped = found.exponents.map((e) => ({ ...e, pooled: 3 - e.pooled }));
    expect(regularityCaption(swapped)).toMatch(/Jumps: none /);
  });
});
