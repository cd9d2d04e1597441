/** What the study finds: noise is left alone, hard labels are not called visible, twins are. */

import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, it } from "vitest";
import { calibration } from "../../../src/study/diagnosis/recipe.ts";
import { calibrationSection } from "../../../src/study/diagnosis/section.ts";
import { calibrationSchema, diagnosis, type Calibration } from "../../../src/study/diagnosis/study.ts";
import { builtIn } from "../../../src/study/registry.ts";

const planned = Object.values(diagnosis.tasks({ scale: "laptop", catalogue: builtIn })).flat();
const found: Calibration[] = [];

beforeAll(async () => {
  for (const task of planned) {
    if (task.kind !== "recipe") throw new Error("a task of another kind");
    const noise = task.params["labels"] === "shuffled";
    // of the power curve the ends
    if (!noise && [200, 400, 800, 1600].includes(Number(task.params["examples"]))) continue;
    const power = [100, 3200].includes(Number(task.params["examples"]));
    // the largest values decide most in the tails of its products
    const tails = task.params["family"] === "invariant-polynomial";
    const repeated = power || tails ? 2 : 1;
    const trials = noise ? 40 : repeated;
    const result = await calibration({ ...task.params, trials }, { catalogue: builtIn });
    found.push(calibrationSchema.parse(result));
  }
}, 1_200_000);

const verdicts = (labels: Calibration["labels"], family?: string): string[] =>
  found
    .filter((c) => c.labels === labels && c.examples >= 3000 && (family === undefined || c.family === family))
    .flatMap((c) => c.trials.map((t) => `${c.family}: ${t.verdict}`));

describe("calibration", () => {
  it("says nothing of noise in at least 95 of 100 cases", () => {
    const noise = found.filter((c) => c.labels === "shuffled").flatMap((c) => c.trials);
    const wrong = noise.filter((t) => t.verdict !== "cannot-tell").length;
    // 40 draws at probability 0.05: more than 7 has probability below 0.001
    expect(wrong).toBeLessThanOrEqual(7);
  });

  it("never calls a hard label visible up to the degree tested", () => {
    const hard = found.filter((c) => c.labels === "hard");
    expect(new Set(hard.map((c) => c.family)).size).toBe(7);
    expect(hard.flatMap((c) => c.trials.map((t) => [c.family, t.information, t.verdict]))).not.toContainEqual(
      [expect.anything(), expect.anything(), "visible"],
    );
    expect(hard.flatMap((c) => c.trials.map((t) => t.information)).every((d) => d === null)).toBe(true);
  });

  it("names the square for hidden planes, at degree 2", () => {
    const planes = found.filter(
      (c) => c.labels === "hard" && c.examples > 3000 && c.family.endsWith("hidden-plane"),
    );
    for (const { trials } of planes) for (const t of trials) expect(t).toMatchObject({ generative: 2 });
    expect(planes.length).toBeGreaterThanOrEqual(2);
  });

  it("sees every twin", () => {
    expect(verdicts("easy").filter((v) => !v.endsWith(": visible"))).toEqual([]);
  });

  it("is drawn from its records alone", () => {
    const { document } = parseHTML("<html><body></body></html>");
    const { blocks } = calibrationSection(found, document);
    expect(blocks.map((b) => b.kind)).toEqual(["paragraph", "table", "figure"]);
  });
});
