/** What a report says: every number in a sentence is computed again from the records, and a false one is found. */

import { describe, expect, it } from "vitest";
import { keyFor, stream } from "../../src/base/random.ts";
import { figuresOf } from "../../src/report/page.ts";
import { demandsOf, runChecks } from "../../src/study/demands.ts";
import type { StoredRecord } from "../../src/run/record.ts";
import { readKept } from "../../src/study/kept.ts";
import { builtIn } from "../../src/study/registry.ts";
import { inventedReport } from "./invented.ts";
import { chipsAgain } from "./truth/demands.ts";
import { cellsDoubts, doubtsOf, gateOf, ownOf, ruled, sayingsOf } from "./truth/gate.ts";
import { studentQuantile } from "./truth/chance.ts";
import { spotChecks } from "./truth/spot-checks.ts";
import { altered, hasNumber, numbersAt } from "./truth/texts.ts";

const kept = readKept()!;
const scope = { scale: kept.scale, catalogue: builtIn };
const said = await sayingsOf(ruled, kept.records, scope);
const gates = said.map((s) => ({ ...s, gate: gateOf(s, kept.records, scope) }));
const cells = said.flatMap((s) => s.cells);
const quick = { scale: "quick", catalogue: builtIn } as const;
const [run, other] = [1, 2].map((seed) => inventedReport("quick", seed));
const sayings = await sayingsOf(ruled, run, quick);
const seed = Math.floor(Math.random() * 2 ** 31);

describe("every number in a sentence", () => {
  it.each(gates.map((g) => [g.study.id, g] as const))("of %s in the kept run is computed again", (_, g) => {
    expect(g.gate(g.texts)).toEqual([]);
  });

  it("of a verdict, its facts and its checks is computed again", () => {
    expect(cells.length).toBeGreaterThan(50);
    expect(cellsDoubts(cells, kept.records)).toEqual([]);
  });

  it("is computed again in a run that nobody made", () => {
    expect(sayings.flatMap((s) => s.texts).filter(hasNumber).length).toBeGreaterThan(15);
    expect(doubtsOf(sayings, run, quick)).toEqual([]);
  });
});

describe("every chip beside a figure", () => {
  const shownIn = (saying: (typeof said)[number], records: readonly StoredRecord[]) => {
    const ids = new Set(records.map((r) => r.id));
    return figuresOf(saying.sections).map(({ rows }) =>
      rows.flatMap((row) =>
        Object.values(row).filter((of): of is string => typeof of === "string" && ids.has(of)),
      ),
    );
  };
  const figures = said.flatMap((s) => [
    ...shownIn(s, kept.records),
    ownOf(s.study, kept.records, scope).map((r) => r.id),
  ]);
  const again = chipsAgain(kept.records, scope);

  it("of the kept run is counted again", () => {
    const checked = runChecks(kept.records, scope);
    const chips = figures.map((ids) => demandsOf(checked, ids));
    expect(chips.filter((c) => c !== null).length).toBeGreaterThan(30);
    for (const [i, ids] of figures.entries()) {
      const of = chips[i];
      const made = of?.made.map((name) => [name, null] as const) ?? [];
      const gaps = of?.gaps.map(({ name, says }) => [name, says] as const) ?? [];
      expect(of === null ? null : Object.fromEntries([...made, ...gaps])).toEqual(again(ids));
    }
  });

  it("changes where a run has fewer records (negative control)", () => {
    const ids = figures.find((of) => again(of)?.["easy twin"] === null)!;
    const fewer = kept.records.filter((r) => r.task.kind !== "train" || r.task.easy !== true);
    expect(chipsAgain(fewer, scope)(ids)).toMatchObject({ "easy twin": "not made" });
  });
});

describe("a false number (negative control)", () => {
  it("is found wherever it stands: one digit of a sentence changed", () => {
    const all = gates.flatMap(({ texts, gate }) =>
      texts.flatMap((text) => numbersAt(text).map((at) => ({ gate, text: altered(text, at) }))),
    );
    const { below } = stream(keyFor("altered sentences", seed));
    for (let i = 0; i < 100; i++) {
      const { gate, text } = all[below(all.length)];
      expect(gate([text]), `${text}, seed ${seed}`).not.toEqual([]);
    }
  });

  it("is found where nothing computes it, and where the records are another run's", () => {
    expect(gates[0].gate(["The escape needs 17 examples."])).toMatchObject([{ found: null }]);
    const doubted = sayings.flatMap((s) => gateOf(s, other, quick)(s.texts));
    expect(doubted.length).toBeGreaterThan(10);
    expect(
      cellsDoubts(
        sayings.flatMap((s) => s.cells),
        other,
      ).length,
    ).toBeGreaterThan(30);
  });

  it("is found in a fact, a check and a verdict", () => {
    for (const cell of cells) {
      const { hard, verdict } = cell;
      const says = `${hard!.says.slice(0, -1)}${hard!.says.endsWith("1") ? 2 : 1}`;
      expect(cellsDoubts([{ ...cell, hard: { ...hard!, says } }], kept.records)).toHaveLength(1);
      if (!hasNumber(verdict.because)) continue;
      const because = altered(verdict.because, numbersAt(verdict.because)[0]);
      expect(cellsDoubts([{ ...cell, verdict: { ...verdict, because } }], kept.records)).toHaveLength(1);
    }
  });
});

describe("twenty numbers drawn at random", () => {
  it("of figures, tables and sentences are those of the records", () => {
    console.log(`spot checks with seed ${seed}`);
    const checked = spotChecks(said, kept.records, scope, { seed, count: 20 });
    expect(checked).toHaveLength(20);
    for (const { what, said: number, right } of checked)
      expect(right(), `${number} in ${what}, seed ${seed}`).toBe(true);
  });

  it("are not those of another run", () => {
    const wrong = spotChecks(sayings, other, quick, { seed, count: 60 }).filter((c) => !c.right());
    expect(wrong.length).toBeGreaterThan(20);
  });
});

describe("what chance gives, by another route", () => {
  it("has Student's quantiles as they are printed", () => {
    const printed = { 2: 9.925, 3: 5.841, 4: 4.604, 5: 4.032, 9: 3.25, 19: 2.861 };
    for (const [nu, t] of Object.entries(printed)) expect(studentQuantile(Number(nu))).toBeCloseTo(t, 3);
  });
});
