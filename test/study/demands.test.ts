/** What stands beside a figure's trainings: met where records meet it, an empty chip where they do not. */

import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { demandsHtml } from "../../src/report/demands.ts";
import { figure } from "../../src/report/page.ts";
import type { StoredRecord } from "../../src/run/record.ts";
import { taskId, type TaskOf } from "../../src/run/task.ts";
import { checks } from "../../src/study/checks.ts";
import { demandsOf, runChecks } from "../../src/study/demands.ts";
import { builtIn } from "../../src/study/registry.ts";
import { shownBy } from "../../src/study/shown.ts";
import type { Study } from "../../src/study/study.ts";
import { learnedRecord, trainedRecord } from "./records.ts";

type Training = TaskOf<"train">;
const scope = { scale: "quick", catalogue: builtIn } as const;
const { document } = parseHTML("<html><body></body></html>");
const task = (seed: number, options: Training["options"] = {}, easy = false): Training => ({
  kind: "train",
  family: "gnn-hidden-plane",
  params: { n: 5, d: 32, k: 6 },
  seed,
  easy,
  options,
});
const real = (explainedVariance: number) => ({
  accuracy: null,
  baselineAccuracy: null,
  explainedVariance,
});
/** A record of a target that hides u = [seed]. */
const run = (of: Training, explained = 0, hidden = of.seed): StoredRecord =>
  trainedRecord(of, real(explained), { instance: { u: [hidden] } });
const main = [run(task(0)), run(task(1))];

/** Gaps by the ids of their checks, of a figure that shows the two main runs. */
function gaps(beside: readonly StoredRecord[], shown: readonly StoredRecord[] = main) {
  const run = runChecks([...shown, ...beside], scope);
  const { made, gaps: found } = demandsOf(
    run,
    shown.map((r) => r.id),
  )!;
  expect(made.length + found.length).toBe(checks.length);
  return Object.fromEntries(found.map(({ name, says }) => [checks.find((c) => c.name === name)?.id, says]));
}

describe("a figure of trainings", () => {
  it("has an empty chip for every check that no record makes, but those that each training brings along", () => {
    const all = gaps([]);
    const always = ["standardised", "constant"];
    expect(Object.keys(all)).toEqual(checks.map((c) => c.id as string).filter((id) => !always.includes(id)));
    expect(all["repeats"]).toBe("2 hidden parameters a cell, seeds on each: 1");
    expect(new Set(Object.entries(all).map(([id, says]) => (id === "repeats" ? "" : says)))).toEqual(
      new Set(["", "not made"]),
    );
  });

  it("loses a chip where a record makes the check for all targets, and counts where it does for some", () => {
    const twin = (seed: number, options = {}): StoredRecord => run(task(seed, options, true), 0.99);
    expect(gaps([twin(0)])["twin"]).toBe("1 of 2 targets");
    expect(gaps([twin(0), twin(1)])["twin"]).toBeUndefined();
    expect(gaps([twin(0, { lr: 0.1 })])["twin"], "another budget").toBe("not made");
    const rates = [0, 1].map((seed) => run(task(seed, { lr: 0.01 })));
    expect([gaps(rates)["rate"], gaps(rates)["learns"]]).toEqual([undefined, "not made"]);
    // a training of fewer words is not what others are changes of
    const batches = [0, 1].map((seed) => run(task(seed, { lr: 0.01, batch: 64 })));
    const around = gaps([
      ...rates,
      ...batches,
      ...[0, 1].map((seed) => run(task(seed, { lr: 0.01, width: 9 }))),
    ]);
    expect([around["rate"], around["width"], around["optimiser"]]).toEqual([undefined, undefined, undefined]);
    expect(gaps([...rates, run(task(7), 0.95)])["learns"]).toBeUndefined();
    const pca = {
      ...task(0),
      kind: "learn",
      learner: "label-squared-pca",
      options: { samples: 1000 },
    } as const;
    expect(gaps([learnedRecord(pca, { explainedVariance: 0.9 })])).toMatchObject({
      escape: "1 of 2 targets",
      noise: "not made",
    });
  });

  it("counts seeds from its records", () => {
    expect(gaps([], main.slice(0, 1))["repeats"]).toBe("one seed a cell");
    const again = [run(task(2), 0, 0), run(task(3), 0, 1)];
    expect(gaps([], [...main, ...again])["repeats"]).toBeUndefined();
    const trainedAgain = [0, 1].map((seed) => run(task(seed, { trainingSeed: 1 })));
    expect(gaps([], [...main, ...trainedAgain])["repeats"]).toBeUndefined();
  });

  it("of certificates alone has none", () => {
    expect(demandsOf(runChecks(main, scope), ["another"])).toBeNull();
  });
});

describe("a page", () => {
  const drawn = (rows: readonly Readonly<Record<string, string>>[]): Study => ({
    id: "drawn",
    tasks: () => ({ main: main.map((r) => r.task) }),
    read: () => 1,
    sections: () =>
      Promise.resolve([
        { id: "s", title: "S", blocks: [figure({ name: "f", title: "F", svg: "<svg></svg>", rows }, "")] },
      ]),
  });

  it("has the chips after the figure, whether its rows name records or only the study plans them", async () => {
    for (const rows of [[{ record: main[0].id }], [{ family: "gnn-hidden-plane" }]]) {
      const { sections } = await shownBy([drawn(rows)], main, scope, document);
      const blocks = sections.find((s) => s.id === "s")?.blocks ?? [];
      expect(blocks.map((b) => b.kind)).toEqual(["figure", "demands"]);
      const html = blocks[1].kind === "demands" ? demandsHtml(blocks[1].demands) : "";
      expect(html).toContain("easy twin <small>not made</small>");
    }
    const { sections } = await shownBy([drawn([{ family: "frame-parity" }])], main, scope, document);
    expect(sections.find((s) => s.id === "s")?.blocks).toHaveLength(1);
    expect(taskId(main[0].task)).toBe(main[0].id);
  });
});
