/** Every verdict from records that call for it, and none from records that lack one thing. */

import { describe, expect, it } from "vitest";
import type { Finished } from "../../src/run/record.ts";
import { certificateTask } from "../../src/run/certificate-task.ts";
import { type Task } from "../../src/run/task.ts";
import { achieved } from "../../src/study/learned.ts";
import {
  chanceLevel,
  outcomeOf,
  shortlyBelow,
  verdictOf,
  type Case,
  type Training,
} from "../../src/study/verdict.ts";
import { certifiedRecord, trainedRecord } from "./records.ts";

type TrainTask = Extract<Task, { kind: "train" }>;
const params = { n: 1, d: 256, k: 6 };
const task = (seed: number, easy = false, options: TrainTask["options"] = {}): TrainTask => ({
  kind: "train",
  family: "gnn-hidden-plane",
  params,
  seed,
  easy,
  options,
});
const real = (explainedVariance: number | null) => ({
  accuracy: null,
  baselineAccuracy: null,
  explainedVariance,
});
const run = (explained: number | null, of = task(0), changed: Record<string, unknown> = {}): Training =>
  trainedRecord(of, real(explained), changed) as Training;

const certificate = (dimension: number) =>
  (certifiedRecord(certificateTask("gnn-hidden-plane", params), dimension) as Finished<"certify">).result;

/** A failure beside its twin, 100 steps of 1000 weights in batches of 256, far below a certified dimension of 10^9. */
const failing: Case = {
  hard: [run(0.001), run(-0.002, task(1))],
  tuned: [run(0.003, task(0, false, { lr: 0.01 }))],
  twin: [run(0.99, task(0, true)), run(0.98, task(1, true))],
  certificate: certificate(1e9),
  chance: null,
};
const kindOf = (changed: Partial<Case>): string => verdictOf({ ...failing, ...changed }).kind;

/** What a training with noise on exact gradients leaves. */
const noise = (covered: boolean, variation: number | null) => ({
  gradientNoise: { covered, sigma: 0.1, variation, says: [] },
});

describe("a verdict", () => {
  it("on a failure within the certified number says just that, whatever the optimiser", () => {
    expect(verdictOf(failing)).toEqual({
      kind: "below",
      because: expect.stringMatching(/^100000 queries, certified 1.3e8$/) as string,
    });
  });

  it("never prints more than is certified", () => {
    expect([shortlyBelow(999_999), shortlyBelow(1_999_999), shortlyBelow("12999999999999999999")]).toEqual([
      "999999",
      "1.9e6",
      "1.2e19",
    ]);
  });

  it("says that nothing explains it where the number is smaller, vacuous, or there is none", () => {
    expect(kindOf({ certificate: certificate(1e5) })).toBe("unexplained");
    expect(kindOf({ certificate: certificate(3) })).toBe("unexplained");
    expect(kindOf({ certificate: null })).toBe("unexplained");
  });

  it("names the theorem only where every run is of the algorithm that it covers", () => {
    const noisy = (covered: boolean, variation: number | null = 1000): Training[] =>
      [0, 1].map((seed) => run(0, task(seed), noise(covered, variation)));
    expect(kindOf({ hard: noisy(true) })).toBe("covered");
    expect(kindOf({ hard: noisy(false) })).toBe("below");
    expect(kindOf({ hard: noisy(true, null) })).toBe("below");
    expect(kindOf({ hard: [...noisy(true), run(0, task(2))] })).toBe("below");
    expect(kindOf({ hard: noisy(true, 1e12) }), "a bound of 1").toBe("below");
  });

  it("is open where the twin was not run or fails, a run is between, or some learn", () => {
    expect(kindOf({ twin: [] })).toBe("open");
    expect(kindOf({ twin: [run(0.99), run(0.5)] })).toBe("open");
    expect(kindOf({ hard: [run(0.001), run(0.4)] })).toBe("open");
    expect(verdictOf({ ...failing, tuned: [run(0.4), run(0.1), run(0)] })).toEqual({
      kind: "open",
      because: "above chance: 0 of 2 runs, 2 of 3 with other settings, the best at 0.40",
    });
    expect(kindOf({ hard: [run(0.001), run(0.95)] })).toBe("open");
  });

  it("is open where a run at chance is on its way", () => {
    const standing = { hidden: 0.9, mean: 0.1, sd: 0.01, largest: 0.12 };
    const point = (step: number) => ({ step, loss: 1, accuracy: null, progress: { nearest: standing } });
    const curve = [point(0), point(50), point(100)];
    expect(kindOf({ hard: [run(0.001, task(0), { curve })] })).toBe("open");
  });

  it("is of tuning where another setting learns what the default does not", () => {
    expect(kindOf({ tuned: [run(0.001), run(0.95)] })).toBe("tuned");
    expect(kindOf({ hard: [run(0.95)], tuned: [] })).toBe("learned");
    expect(kindOf({ hard: [] })).toBe("absent");
  });

  it("counts a diverged run as failed, not as learned", () => {
    expect(kindOf({ hard: [run(null)] })).toBe("below");
  });
});

describe("what became of a run", () => {
  it("is judged by what the best constant leaves", () => {
    const sign = (accuracy: number, baselineAccuracy: number) => ({
      accuracy,
      baselineAccuracy,
      explainedVariance: 0.5,
    });
    expect(achieved(sign(0.96, 0.5))).toBeCloseTo(0.92, 12);
    expect(outcomeOf(sign(0.96, 0.5), null)).toBe("learned");
    // the labels of a nearly constant twin: the majority alone is as good
    expect(outcomeOf(sign(0.97, 0.969), null)).toBe("partly");
    expect(achieved(sign(1, 1))).toBe(0);
  });

  it("is at chance up to what students of shuffled labels explain", () => {
    const shuffled = [0.0003, -0.0003, -0.0046, -0.0033, -0.0035, 0.0075].map(real);
    const chance = chanceLevel(shuffled);
    // mean -0.00065, standard deviation 0.00443, t of 5 degrees of freedom 4.0321
    expect(chance?.explained).toBeCloseTo(-0.00065 + 4.03214 * 0.0044316 * Math.sqrt(7 / 6), 5);
    expect(outcomeOf(real(0.017), chance)).toBe("at chance");
    expect(outcomeOf(real(0.02), chance)).toBe("partly");
    expect(chanceLevel(shuffled.slice(0, 2))).toBeNull();
  });

  it("at few nodes is no matter of the binomial interval: what shuffled labels give is at chance", () => {
    // n = 8, seeds 0 to 5: accuracy, majority, explained variance of students of shuffled labels
    const measured = [
      [0.51855, 0.50001, 0.00033],
      [0.537, 0.50001, -0.00028],
      [0.51735, 0.52944, -0.00457],
      [0.54645, 0.53239, -0.00329],
      [0.4877, 0.50009, -0.00346],
      [0.5414, 0.54743, 0.0075],
    ].map(([accuracy, baselineAccuracy, explainedVariance]) => ({
      accuracy,
      baselineAccuracy,
      explainedVariance,
    }));
    const outside = measured.filter(
      ({ accuracy: a, baselineAccuracy: b }) => Math.abs(a - b) > 2.5758 * Math.sqrt((a * (1 - a)) / 20_000),
    );
    expect(outside.length).toBe(5);
    for (const [i, one] of measured.entries()) {
      const others = chanceLevel(measured.filter((_, j) => j !== i));
      expect(outcomeOf(one, others)).toBe("at chance");
    }
    const [a, b, c] = [0.7, 0.5, 0.1];
    expect(outcomeOf({ accuracy: a, baselineAccuracy: b, explainedVariance: c }, chanceLevel(measured))).toBe(
      "partly",
    );
    // a logistic student's margins explain nothing by squares, its signs do
    expect(
      outcomeOf({ accuracy: a, baselineAccuracy: b, explainedVariance: -3 }, chanceLevel(measured)),
    ).toBe("partly");
  });
});
