import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { StoredRecord } from "../../../src/run/record.ts";
import type { Task } from "../../../src/run/task.ts";
import { certifiedFailure, failureTrials, headline } from "../../../src/study/certified-failure/study.ts";
import { builtIn } from "../../../src/study/registry.ts";
import type { Scope } from "../../../src/study/study.ts";
import { certifiedRecord, learnedRecord, trainedRecord } from "../records.ts";

const quick: Scope = { scale: "quick", catalogue: builtIn };
const tasks: readonly Task[] = certifiedFailure.tasks(quick).first!;

interface Toy {
  /** Explained variance on hard targets. */
  readonly hard?: number;
  readonly dimension?: number;
  /** What the record of a noisy training says of the theorem. */
  readonly covered?: boolean;
  readonly variation?: number;
}

/** A run's records: twins learned, hard targets as the toy says. */
const recordsOf = ({
  hard = 0,
  dimension = 2e12,
  covered = true,
  variation = 8e6,
}: Toy = {}): StoredRecord[] =>
  tasks.map((task) => {
    if (task.kind === "certify") return certifiedRecord(task, dimension);
    if (task.kind === "learn") return learnedRecord(task, { explainedVariance: 0.96 });
    if (task.kind !== "train") throw new Error(task.kind);
    const sigma = task.options.gradientNoise;
    const noise = sigma === undefined ? {} : { gradientNoise: { covered, sigma, variation } };
    const explainedVariance = task.easy ? 0.99 : hard;
    return trainedRecord(
      task,
      { accuracy: null, baselineAccuracy: null, explainedVariance },
      { weights: 33_025, steps: 2000, ...noise },
    );
  });
const cellsOf = (toy?: Toy) => certifiedFailure.evidence!(recordsOf(toy), quick);

describe("a failure that a certificate speaks of", () => {
  it("is planned on a graph first, with twin, squares, and the algorithm that is covered with its null run", () => {
    const [first] = failureTrials("quick");
    expect(first.task.params).toMatchObject({ n: 3, graph: "path", d: 256, k: 6 });
    const noisy = tasks.filter((t) => t.kind === "train" && t.options.gradientNoise !== undefined);
    expect(noisy).toHaveLength(5);
    expect(noisy.filter((t) => t.kind === "train" && t.options.control === "null")).toHaveLength(1);
    for (const { task } of failureTrials("laptop"))
      if (task.kind === "train") expect(task.params["d"]).toBe(256);
  });

  it("tells the theorem's algorithm from a training whose queries are merely fewer", () => {
    expect(cellsOf().map((c) => c.verdict.kind)).toEqual(["covered", "below", "below"]);
    expect(headline(cellsOf())).toContain("a comparison, no theorem about mini-batches");
  });

  it("claims nothing that the records do not give", () => {
    expect(cellsOf({ hard: 0.99 }).map((c) => c.verdict.kind)).toEqual(["learned", "learned", "learned"]);
    expect(cellsOf({ dimension: 1e6 }).map((c) => c.verdict.kind)).toEqual([
      "unexplained",
      "unexplained",
      "unexplained",
    ]);
    expect(cellsOf({ covered: false })[0].verdict.kind).not.toBe("covered");
    // a bound of 1 is none
    expect(cellsOf({ variation: 1e11 })[0].verdict.kind).not.toBe("covered");
    expect(headline(cellsOf({ dimension: 1e6 }))).toMatch(/none failed as a certificate says/);
    expect(certifiedFailure.read([], quick)).toBeNull();
  });

  it("is drawn from its records alone", async () => {
    const records = recordsOf({ hard: 0.125 });
    const data = certifiedFailure.read(records, quick)!;
    const { document } = parseHTML("<html><body></body></html>");
    const [{ blocks }] = await certifiedFailure.sections(data, document);
    const [, drawn, table] = blocks;
    const rows = drawn.kind === "figure" ? drawn.figure.rows : [];
    const row = {
      panel: "one node",
      condition: "hard target",
      series: "fresh batches",
      seed: 0,
      value: 0.125,
    };
    expect(rows).toContainEqual({ ...row, record: expect.any(String) });
    expect(records.map(({ id }) => id)).toEqual(expect.arrayContaining(rows.map(({ record }) => record)));
    expect(table).toMatchObject({ kind: "table", table: { rows: [{ 2: "0 of 3 learned, explained variance 0.13" }, {}, {}] } }); // prettier-ignore
  });
});
