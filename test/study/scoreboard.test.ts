/** The eight rows: what leads, what is missing, and which training checks what. */

import { describe, expect, it } from "vitest";
import type { Task } from "../../src/run/task.ts";
import { checkOf, instanceCell, trainedCell, type Cell } from "../../src/study/cell.ts";
import { allChecks, checks } from "../../src/study/checks.ts";
import { builtIn } from "../../src/study/registry.ts";
import { plainScore, scoreboard, scoreboardSection, strongest } from "../../src/study/scoreboard.ts";
import type { Study } from "../../src/study/study.ts";
import { trainedRecord } from "./records.ts";

type Training = Extract<Task, { kind: "train" }>;
const scope = { scale: "quick", catalogue: builtIn } as const;
const task = (options: Training["options"] = {}, easy = false): Training => ({
  kind: "train",
  family: "gnn-hidden-plane",
  params: { n: 5, d: 32, k: 6 },
  seed: 0,
  easy,
  options,
});
const showing = (...cells: readonly Cell[]): Study => ({
  id: "shown",
  tasks: () => ({}),
  read: () => null,
  sections: () => Promise.resolve([]),
  evidence: () => cells,
});
const cell = (at: string, kind: Cell["verdict"]["kind"], made: Cell["checks"] = allChecks({})): Cell => ({
  ...instanceCell({ row: "features", at, holds: true, because: "" }),
  verdict: { kind, because: "of a test" },
  checks: made,
});

describe("the scoreboard", () => {
  it("has all eight rows whatever was run, with every check an explicit null", () => {
    const rows = scoreboard([showing()], [], scope);
    expect(rows.map((r) => r.row.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const { verdict, checks: of } of rows) {
      expect(verdict).toEqual({ kind: "absent", because: "no run" });
      expect(Object.values(of)).toEqual(checks.map(() => null));
    }
    expect(plainScore(rows[0]).missingChecks).toEqual(checks.map((c) => c.name));
    expect(plainScore(rows[5]).missingChecks, "no learner is trained").toEqual([]);
  });

  it("is led by the strongest verdict; a check of another cell says where it was made", () => {
    const result = { says: "2 of 2", holds: true, records: [] };
    const weak = cell("weak", "open", allChecks({ rate: result }));
    const [, row] = scoreboard([showing(weak, cell("strong", "below"))], [], scope);
    expect(row.cells.map((c) => c.at)).toEqual(["strong", "weak"]);
    expect(row.checks.rate).toEqual({ ...result, at: "weak" });
    expect(row.checks.width).toBeNull();
    const [{ kind, ...block }] = scoreboardSection([row]).blocks;
    expect(JSON.stringify([kind, block])).toContain("fails below the certified number");
  });
});

describe("a run beside", () => {
  const made = { says: "2 of 2", holds: true, records: ["r"] };
  const board = (...cells: readonly Cell[]) => scoreboard([showing(...cells)], [], scope);

  it("gives the checks that the run itself lacks, and its line only where that is the stronger", () => {
    const own = board(cell("here", "below", allChecks({ rate: made })));
    const alike = board(
      cell("there", "below", allChecks({ rate: { ...made, says: "9 of 9" }, width: made })),
    );
    const [, row] = strongest(own, alike, "kept run");
    expect(row.origin).toBeUndefined();
    expect(row.cells.map(({ at }) => at)).toEqual(["here"]);
    expect(row.checks.rate).toEqual({ ...made, at: "here" });
    expect(row.checks.width).toEqual({ ...made, at: "there; kept run" });
    expect(row.checks.optimiser).toBeNull();
    const [, stronger] = strongest(own, board(cell("there", "covered")), "kept run");
    expect([stronger.origin, stronger.cells[0].at]).toEqual(["kept run", "there"]);
  });

  it("takes back what it says of a setting that the other run checked further and found open", () => {
    const own = board(cell("here", "unexplained", allChecks({ twin: made })));
    const further = allChecks({ twin: made, longer: made });
    const [, row] = strongest(own, board(cell("here", "open", further)), "kept run");
    expect([row.origin, row.verdict.kind]).toEqual(["kept run", "open"]);
    // of another setting, or with fewer checks, it is no reason
    for (const other of [cell("there", "open", further), cell("here", "open")])
      expect(strongest(own, board(other), "kept run")[1].verdict.kind).toBe("unexplained");
  });

  it("that is undecided is more than one that learns", () => {
    const [, row] = board(cell("tuned", "tuned"), cell("open", "open"));
    expect(row.cells.map(({ at }) => at)).toEqual(["open", "tuned"]);
  });
});

describe("a check", () => {
  const plain = (student?: string): boolean => student === "mlp";
  it.each([
    [{ lr: 0.01 }, "rate"],
    [{ width: 256 }, "width"],
    [{ optimizer: "sgd", lr: 0.1 }, "optimiser"],
    [{ init: "teacher", steps: 20 }, "teacher"],
    [{ init: "teacher", perturb: 0.1 }, "perturbed"],
    [{ student: "mlp" }, "plain"],
    [{ student: "gin" }, "symmetric"],
    [{ samples: 1000 }, "fixed"],
    [{ shuffleLabels: true, steps: 100 }, "shuffled"],
    [{ steps: 16_000 }, "longer"],
    [{ steps: 5000 }, null],
    [{ batch: 256 }, null],
  ] as const)("of %o is %s", (options, check) => {
    expect(checkOf(task(), task(options), plain)).toBe(check);
  });

  it("of the twin is the twin with the same options alone", () => {
    expect(checkOf(task(), task({}, true), plain)).toBe("twin");
    expect(checkOf(task(), task({ lr: 0.01 }, true), plain)).toBeNull();
  });

  it("is found in the records, and what was not run stays null", () => {
    const real = (explainedVariance: number) => ({
      accuracy: null,
      baselineAccuracy: null,
      explainedVariance,
    });
    const [hard, twin, rate] = [task(), task({}, true), task({ lr: 0.01 })];
    const records = [
      trainedRecord(hard, real(0)),
      trainedRecord(twin, real(0.99)),
      trainedRecord(rate, real(0.95)),
    ];
    const plan = { row: "features", at: "here", hard: [hard] } as const;
    const found = trainedCell(plan, records, builtIn)!;
    expect(found.verdict.kind).toBe("tuned");
    expect(found.checks.twin).toMatchObject({ holds: true, records: [records[1].id] });
    expect(found.checks.rate).toMatchObject({
      holds: false,
      says: "1 of 1 learned, explained variance 0.95",
    });
    expect([found.checks.width, found.checks.shuffled, found.escape]).toEqual([null, null, null]);
    // of another target it is none
    const other = trainedRecord({ ...rate, seed: 1 }, real(0.95));
    expect(trainedCell(plan, [...records.slice(0, 2), other], builtIn)?.checks.rate).toBeNull();
    expect(trainedCell(plan, records.slice(1), builtIn)).toBeNull();
  });

  it("of repeats tells variances of sets and of seeds apart, whatever was measured beside the set", () => {
    const chance = { accuracy: 0.5, baselineAccuracy: 0.5, explainedVariance: 0 };
    const at = (seed: number): Training => ({ ...task(), seed });
    const instance = (set: number, seed: number) => ({
      instance: { degrees: [set], baseline: 0.6 + seed / 1000 },
    });
    const records = [0, 1, 2, 3].map((seed) =>
      trainedRecord(at(seed), { ...chance, accuracy: 0.5 + seed / 100 }, instance(seed % 2, seed)),
    );
    const repeats = (count: number) =>
      trainedCell(
        { row: "nodes", at: "here", hard: records.slice(0, count).map((_, seed) => at(seed)) },
        records,
        builtIn,
      )?.checks.repeats;
    // shares 0, .02, .04, .06: means .02 and .04 of the sets, seeds apart by .04 on each
    expect(repeats(4)?.says).toBe(
      "2 hidden parameters, more than one seed on 2: standard deviation 0.01 between them, 0.03 between seeds",
    );
    expect(repeats(2), "one seed a set").toBeNull();
  });

  it("that the same code learns elsewhere is of an easier case of the row that is learned", () => {
    const sized = (at: string, kind: Cell["verdict"]["kind"], dimension: number): Cell => ({
      ...cell(at, kind),
      certified: { says: "", short: "", values: [dimension], records: [] },
      hard: { says: "3 of 3 learned", short: "", values: [], records: ["r"] },
    });
    const learns = (...cells: readonly Cell[]) => scoreboard([showing(...cells)], [], scope)[1].checks.learns;
    const [lead, small, large] = [
      sized("lead", "below", 1e9),
      sized("small", "learned", 20),
      sized("large", "learned", 99),
    ];
    expect(learns(small, lead, large)).toMatchObject({
      at: "large",
      holds: true,
      says: "dimension 99: 3 of 3 learned",
    });
    expect(learns(lead, sized("other", "learned", 1e10))).toBeNull();
    expect(learns(lead, sized("other", "open", 20))).toBeNull();
  });
});
