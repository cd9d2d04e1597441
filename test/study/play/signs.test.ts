/** The lab's small world, against its own truth: every answer keeps what it must, and no question excludes more. */

import { describe, expect, it } from "vitest";
import { questionsOf, written } from "../../../src/study/play/questions.ts";
import { playSigns } from "../../../src/study/play/signs.ts";

describe("questions as text", () => {
  it("come back as they were", () => {
    const asked = [[1, 2], [31], [0, 7, 16]];
    expect(written(asked)).toBe("12.v.07g");
    expect(questionsOf("12.v.07g", 32)).toEqual(asked);
    expect(questionsOf("", 32)).toEqual([]);
  });

  it("about functions that there are not are left out", () => {
    expect(questionsOf("1v.g", 16)).toEqual([[1]]);
  });
});

describe("the adversary over products of signs", () => {
  it("knows its world exactly: orthogonal functions on all inputs", async () => {
    const { lambda, excludedPerQuery, names, population } = await playSigns({
      bits: 4,
      tau: 0.3,
      asked: [],
      descent: 0,
    });
    expect(lambda).toBeCloseTo(1, 6);
    expect(excludedPerQuery).toBe(11); // the largest integer below 1 / 0.09
    expect(population).toBe(16);
    expect(names.slice(0, 4)).toEqual(["1", "x₁", "x₂", "x₁x₂"]);
  });

  it("excludes the s functions of a sum just where 1/sqrt(s) is more than twice the tolerance", async () => {
    const four = { bits: 5, asked: [[3, 5, 9, 17]], descent: 0 }; // correlations 1/2 with each of the four
    const { left } = await playSigns({ ...four, tau: 0.2 });
    expect(left.map(({ alive }) => alive.length)).toEqual([32, 28]);
    expect([3, 5, 9, 17].some((f) => left[1].alive.includes(f))).toBe(false);
    const kind = await playSigns({ ...four, tau: 0.3 }); // one answer is near enough to 0 and to 1/2
    expect(kind.left[1].alive).toHaveLength(32);
  });

  it("keeps the certified line against gradient descent", async () => {
    const { left, excludedPerQuery } = await playSigns({ bits: 4, tau: 0.5, asked: [[1]], descent: 60 });
    expect(left.length).toBeGreaterThan(3);
    expect(left[left.length - 1].asked).toBeGreaterThanOrEqual(60);
    for (const { asked, alive } of left)
      expect(alive.length).toBeGreaterThanOrEqual(Math.max(1, 16 - asked * excludedPerQuery));
  });
});
