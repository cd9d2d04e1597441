import { parseHTML } from "linkedom";
import { families } from "../../../src/family/registry.ts";
import { describe, expect, it } from "vitest";
import type { StoredRecord } from "../../../src/run/record.ts";
import type { Task } from "../../../src/run/task.ts";
import { escaped, readEscapes } from "../../../src/study/escapes/escapes.ts";
import { escapesCaption, escapesFigure } from "../../../src/study/escapes/figure.ts";
import { escapes, escapesPlan } from "../../../src/study/escapes/study.ts";
import { matrixTasks } from "../../../src/study/matrix/plan.ts";
import { readMatrix } from "../../../src/study/matrix/read.ts";
import { builtIn } from "../../../src/study/registry.ts";
import { certifiedRecord, learnedRecord, trainedRecord } from "../records.ts";

const scope = { scale: "laptop", catalogue: builtIn } as const;
const plan = escapesPlan(scope);

/** As measured, roughly: descent finds nothing, on squares first planes alone, others what their families are made for. */
const explained = (task: Extract<Task, { kind: "learn" }>): number => {
  if (task.learner === "label-transform") return task.family === "gnn-hidden-plane" ? 1 : 0;
  if (task.learner === "label-squared-pca") return task.family === "gnn-hidden-plane" ? 0.95 : 0;
  return 1;
};
const records = matrixTasks(plan).flatMap((task): StoredRecord[] => {
  if (task.kind === "train") return [trainedRecord(task, { explainedVariance: 0.01 })];
  if (task.kind === "learn")
    return [learnedRecord(task, { explainedVariance: explained(task) }, { samples: 200_000 })];
  return task.kind === "certify" ? [certifiedRecord(task, 1234.5)] : [];
});
const found = readEscapes(readMatrix(plan, records), plan);
const of = (family: string) => found.find((e) => e.setting.family === family)!;

describe("who finds what", () => {
  it("is asked of every family of the paper, at one size", () => {
    expect(found.map((e) => e.setting.family).sort()).toEqual(families.map((f) => f.id).sort());
  });

  it("takes the same student, examples and steps for descent with squares first and without", () => {
    const tasks = matrixTasks(plan).filter((t) => t.family === "gnn-hidden-plane");
    const direct = tasks.find((t) => t.kind === "train")!;
    const squared = tasks.find((t) => t.kind === "learn" && t.learner === "label-transform")!;
    expect(squared).toMatchObject({ params: direct.params, seed: 0, options: (direct as { options: object }).options });
  }); // prettier-ignore

  it("names another way only if it found something", () => {
    expect(of("gnn-hidden-plane").other?.cell.learner).toBe("label-squared PCA");
    expect(of("gnn-degree-parity").other?.cell.learner).toBe("F2 elimination");
    expect(of("cnn-hidden-plane").other).toBeNull();
    expect(found.filter(escaped)).toHaveLength(4);
  });

  it("keeps the reason where squares say nothing", () => {
    expect(of("gnn-degree-parity")).toMatchObject({ law: { twoValued: true, order: null } });
    expect(of("gnn-degree-parity").squared?.refusal).toContain("y^2 = 1");
    expect(of("frame-parity").law?.order).toBe(4);
  });

  it("says nothing of a family whose descent has not run", () => {
    const none = records.filter((r) => r.task.kind !== "train" || r.task.family !== "cnn-hidden-plane");
    expect(readEscapes(readMatrix(plan, none), plan)).toHaveLength(4);
    expect(escapes.read([], scope)).toBeNull();
  });
});

describe("its picture", () => {
  const { document } = parseHTML("<html><body></body></html>");
  const { svg, title, rows } = escapesFigure(found, plan.scale, document);

  it("counts what is found, and names what is open", () => {
    expect(title).toBe("Correlate: 0 of 5 found. Square the labels first, or solve: 4 of 5.");
    expect(escapesCaption(found)).toContain("Open here: cnn-hidden-plane.");
    for (const text of ["cannot", "open", "never", "label-squared pairs", "Growing-Basis"])
      expect(svg).toContain(text);
    expect(rows).toHaveLength(5);
  });

  it("has no text below 11 pixels", () => {
    const drawn = svg.slice(svg.indexOf(">")); // the root's own is overruled by its style
    const sizes = [...drawn.matchAll(/font-size="([\d.]+)/g)].map((m) => Number(m[1]));
    expect(sizes.length).toBeGreaterThan(4);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
  });

  it("of a quick run is of one family", () => {
    const quick = escapesPlan({ ...scope, scale: "quick" });
    expect(matrixTasks(quick).map((t) => t.kind).sort()).toEqual(["certify", "learn", "learn", "train"]); // prettier-ignore
  });
});
