import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { missingIn } from "../../src/run/executor/local.ts";
import type { StoredRecord } from "../../src/run/record.ts";
import type { Task } from "../../src/run/task.ts";
import { digest, groupedBySet, type Digest, type Role } from "../../src/study/degree-parity/digest.ts";
import { degreeParity } from "../../src/study/degree-parity/study.ts";
import type { Study } from "../../src/study/study.ts";
import { certifiedRecord, trainedRecord } from "../study/records.ts";
import { csv } from "../../src/report/figure.ts";
import { captions, checks, dependence, headline } from "../../src/study/degree-parity/sentences.ts";
import { bootstrap } from "../../src/base/statistics.ts";
import { concordance, equalN, nearMu, opposed } from "../../src/study/degree-parity/concordance.ts";
import { drawingDocument } from "../../src/report/drawing.node.ts";
import { writeReport } from "../../src/study/report.ts";

const folders: string[] = [];
const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), "equihard-test-"));
  folders.push(dir);
  return dir;
};
afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true });
});

type Training = Extract<Task, { kind: "train" }>;

const training = (n: number, seed: number, easy: boolean): Training =>
  ({ kind: "train", family: "gnn-degree-parity", params: { n }, seed, easy, options: {} }); // prettier-ignore

/** What a run on n nodes says beside its accuracy. */
const about = (n: number, curve: object[]) => ({ instance: { degrees: [1, 3], mu: n / 4 }, curve });

function trained(n: number, seed: number, easy: boolean, accuracy: number): StoredRecord {
  const curve = [0, 100].map((step) => ({ step, loss: 1, accuracy: step === 0 ? 0.5 : accuracy }));
  const final = { accuracy, baselineAccuracy: 0.51, explainedVariance: (2 * accuracy - 1) ** 2 };
  return trainedRecord(training(n, seed, easy), final, about(n, curve));
}

const certified = (n: number, dimension: number): StoredRecord =>
  certifiedRecord(
    { kind: "certify", family: "gnn-degree-parity", params: { n }, tau: 1 / 16, rho: 1 / 2 },
    dimension,
    { maxParityVectorProbability: 1 / dimension },
  );

const records = [trained(8, 0, false, 0.99), trained(8, 0, true, 0.999), trained(15, 0, false, 0.503), trained(15, 0, true, 0.997), certified(15, 47.2)]; // prettier-ignore
const roles = new Map<string, Role>(
  records.map((r) => [r.id, r.task.kind === "certify" ? "certificate" : "main"]),
);

/** The study of degree parities with just these records as its main ones, whatever it plans itself. */
const as = (own: readonly StoredRecord[]): Study<Digest> => ({
  ...degreeParity,
  read: () =>
    digest(own, new Map(own.map((r) => [r.id, r.task.kind === "certify" ? "certificate" : "main"]))),
});

/** All that a figure's caption says, what is folded included. */
const captionOf = (of: Digest, name: string): string => Object.values(captions(of)[name]).join(" ");

describe("sentences", () => {
  it("change when a record changes", () => {
    const before = digest(records, roles);
    const changed = records.map((r) => (r.id === records[2].id ? trained(15, 0, false, 0.777) : r.id === records[4].id ? certified(15, 31.4) : r)); // prettier-ignore
    const after = digest(changed, roles);
    expect(headline(before)).toContain("at n = 15 0 of 1 run learned, 1 at chance");
    expect(headline(after)).toContain("at n = 15 0 of 1 run learned, 1 partly");
    expect(captionOf(before, "dimension-against-n")).toContain("47.2");
    expect(captionOf(after, "dimension-against-n")).toContain("31.4");
    expect(captionOf(before, "dimension-against-n")).toContain("does not explain");
    const large = records.map((r) => (r.id === records[4].id ? certified(15, 1e9) : r));
    expect(captionOf(digest(large, roles), "dimension-against-n")).toContain("that is fewer");
    expect(captionOf(after, "accuracy-against-n")).toContain(
      "n = 15: 0 of 1 run learned, 1 partly, on 1 set",
    );
  });

  it("count drawn sets, not seeds, as what is independent", () => {
    const many = [0, 1, 2, 3].flatMap((seed) => [trained(8, seed, false, 0.99), trained(15, seed, false, 0.5 + seed / 100)]); // prettier-ignore
    const all = digest(many, new Map(many.map((r) => [r.id, "main"])));
    expect(groupedBySet(all.runs).map((of) => of.length)).toEqual([4, 4]);
    expect(dependence(all)).toContain("Over 2 sets and 8 runs;");
    expect(dependence(all)).toContain("Of the 1 set with mu(S) of at least 3 and n of at least 12, 1 stayed");
    const learned = many.map((r) => (r.id === many[1].id ? trained(15, 0, false, 0.9) : r));
    const roleOf = new Map(many.map((r) => [r.id, "main" as const]));
    expect(dependence(digest(learned, roleOf))).toContain("at least 12, 0 stayed");
  });

  it("say how many runs at chance were learned when continued", () => {
    const long = [trained(12, 0, false, 0.99), trained(15, 1, false, 0.503), trained(15, 2, false, 0.7)];
    const text = checks(digest(long, new Map(long.map((r) => [r.id, "continued"]))));
    expect(text[0]).toContain("of 3, 1 then learned and 1 stayed at chance");
    expect(text).toHaveLength(4);
  });

  it("show a run that diverged as one, and count it as not learned", async () => {
    const curve = [
      { step: 0, loss: 1, accuracy: 0.5 },
      { step: 7, loss: null, accuracy: null },
    ];
    const none = { accuracy: null, standardError: null, baselineAccuracy: 0.51, loss: null };
    const how = { ...about(15, curve), steps: 7, stopped: "diverged" };
    const diverged = trainedRecord(training(15, 0, false), none, how);
    const others = [records[0], records[1], trained(15, 1, false, 0.99)];
    const all = [diverged, ...others];
    const read = digest(all, new Map(all.map((r) => [r.id, "main"])));
    expect(read.runs.map((r) => r.verdict)).toEqual(["learned", "learned", "diverged", "learned"]);
    expect(headline(read)).toContain("at n = 15 1 of 2 runs learned, 1 diverged");
    expect(dependence(read)).toContain("0 stayed at chance");
    const tuned = digest([diverged], new Map([[diverged.id, "tuning"]]));
    expect(checks(tuned)[0]).toContain("diverged at step 7 (diverged)");
    const dir = folder();
    const document = await drawingDocument();
    await writeReport(dir, all, { scale: "quick", missing: "", document, studies: [as(all)] });
    expect(readFileSync(join(dir, "report.html"), "utf8")).toMatch(
      />-<\/td><td[^>]*>0\.5100<\/td><td[^>]*>7<\/td><td[^>]*>diverged/,
    );
  });

  it("name what a tuning run changed", () => {
    const run = trainedRecord(
      { ...training(15, 0, false), options: { stopAt: 0.99, lr: 0.01 } },
      {},
      about(15, []),
    );
    expect(checks(digest([run], new Map([[run.id, "tuning"]])))[0]).toMatch(/^Tuning, n = 15, lr 0.01: /);
  });

  it("name the student without the symmetry", () => {
    const task: Training = { ...training(9, 0, true), options: { student: "mlp" } };
    const plain = trainedRecord(task, { accuracy: 0.7 }, about(9, []));
    const text = checks(digest([plain], new Map([[plain.id, "control"]])));
    expect(text[0]).toContain("Student mlp, without the symmetry, easy twin, n = 9: accuracy 0.7000");
  });

  it("are made of what the family says, and name the record that says something else", () => {
    const odd = trainedRecord(training(9, 0, true), {}, { instance: { degrees: "all", mu: 1 } });
    expect(() => digest([odd], new Map([[odd.id, "main"]]))).toThrow(
      new RegExp(`^record ${odd.id}: instance: degrees: "all" does not fit`),
    );
  });

  it("cover the checks that ran and no others", () => {
    const teacher = new Map(roles).set(records[2].id, "teacher");
    expect(checks(digest(records, roles))).toEqual([]);
    expect(checks(digest(records, teacher))[0]).toMatch(/Teacher start, n = 15/);
  });
});

describe("statistics", () => {
  it("concordance orders by the decisive quantity", () => {
    const outcomes = [1, 2, 3, 4].map((mu) => ({ mu, n: 8 + (mu % 2), excess: 1 / mu }));
    expect(concordance(outcomes, "mu")).toBe(1);
    expect(concordance(outcomes, "n")).toBeLessThan(1);
    expect(concordance([], "mu")).toBeNaN();
  });

  it("partial concordances hold the other quantity, and see which of two opposed ones is right", () => {
    // success follows mu and not n at all
    const byMu = [1, 2, 3, 4].flatMap((mu) => [8, 9].map((n) => ({ mu, n, excess: 1 / mu })));
    expect(concordance(byMu, "mu", equalN)).toBe(1);
    expect(concordance(byMu, "mu", opposed)).toBe(1);
    expect(concordance(byMu, "n", nearMu)).toBeNaN(); // equal success there
    // success follows n alone, mu tells nothing within it
    const byN = [1, 2, 3, 4].flatMap((mu) => [8, 9].map((n) => ({ mu, n, excess: 1 / n + 0.1 * (9 - n) })));
    expect(concordance(byN, "n", nearMu)).toBe(1);
    expect(concordance(byN, "mu", equalN)).toBeNaN();
    expect(concordance(byN, "mu", opposed)).toBe(0);
  });

  it("the bootstrap band of a mean covers it and shrinks with more values", () => {
    const mean = (x: number[]): number => x.reduce((a, b) => a + b, 0) / x.length;
    const [low, high] = bootstrap([1, 2, 3, 4, 5], mean, "few");
    const many = Array.from({ length: 500 }, (_, i) => 1 + (i % 5));
    const [low2, high2] = bootstrap(many, mean, "many");
    expect(low).toBeLessThan(3);
    expect(high).toBeGreaterThan(3);
    expect(high2 - low2).toBeLessThan((high - low) / 4);
  });
});

describe("writeReport", () => {
  it("writes one self-contained page, figures and their numbers", async () => {
    const dir = folder();
    const missing = missingIn({ finished: 2, leftOut: [records[2].task], failed: [], interrupted: false }, 3);
    const document = await drawingDocument();
    const [found] = await writeReport(dir, records, {
      scale: "quick",
      missing,
      document,
      studies: [as(records)],
    });
    expect(found.headline).toBe(headline(digest(records, roles)));
    const page = readFileSync(join(dir, "report.html"), "utf8");
    expect(page).not.toMatch(/\bsrc=|<link|@import|url\(/);
    expect(page.match(/href="http[^"]*"/g), "the paper").toEqual(['href="https://arxiv.org/abs/2401.01869"']);
    expect(page.match(/<figure[^>]* data-figure=/g), "four and the lead").toHaveLength(5);
    expect(page).toContain("train gnn-degree-parity n=15 seed 0");
    const svg = readFileSync(join(dir, "figures", "accuracy-against-n.svg"), "utf8");
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(readFileSync(join(dir, "figures", "accuracy-against-n.csv"), "utf8")).toContain("0.503");
  });

  it("says what of the plan has no record", () => {
    const [a, b] = records.map((r) => r.task);
    const none = { finished: 9, leftOut: [], failed: [], interrupted: false };
    expect(missingIn(none, 9)).toBe("All 9 pieces of work that were planned are done.");
    expect(missingIn({ ...none, finished: 5, interrupted: true }, 9)).toMatch(/^Interrupted with 4 of 9/);
    expect(missingIn({ ...none, finished: 8, failed: [{ task: a, message: "" }] }, 9)).toMatch(
      /^Failed: .*n=/,
    );
    expect(missingIn({ ...none, finished: 6, leftOut: [a, b], interrupted: true }, 9)).toMatch(/with 1 of 9.*Left out/); // prettier-ignore
  });

  it("csv quotes what needs it", () => {
    expect(csv([{ a: 'x,"y"', b: null }])).toBe('a,b\n"x,""y""",\n');
  });
});
