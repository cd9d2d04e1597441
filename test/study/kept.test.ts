import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { parseHTML } from "linkedom";
import { afterAll, describe, expect, it } from "vitest";
import type { StoredRecord } from "../../src/run/record.ts";
import { keptBeside, readKept } from "../../src/study/kept.ts";
import { builtIn } from "../../src/study/registry.ts";
import { plan } from "../../src/study/reproduce.ts";
import { reportPages } from "../../src/study/report-page.ts";
import { writeReport } from "../../src/study/report.ts";
import { tuning, tuningComparison } from "../../src/study/tuning/study.ts";
import { trainedRecord } from "./records.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-kept-"));
afterAll(() => rmSync(dir, { recursive: true }));

const trials = tuningComparison.trials({ scale: "laptop", catalogue: builtIn });
const records = trials
  .slice(0, 2)
  .map(({ task }) =>
    trainedRecord(task as never, { accuracy: null, baselineAccuracy: null, explainedVariance: 0.25 }),
  );

function keep(lines: readonly string[], about: object = { scale: "laptop", date: "2026-11-28" }): string {
  const folder = mkdtempSync(join(dir, "run-"));
  writeFileSync(join(folder, "run.json"), JSON.stringify({ schema: "equihard.kept/1", ...about }));
  writeFileSync(join(folder, "records.jsonl.br"), brotliCompressSync(`${lines.join("\n")}\n`));
  return folder;
}
const lineOf = (record: StoredRecord): string => JSON.stringify(record);

describe("a kept run", () => {
  it("stands on a page beside a quick report, dated and counted, under names of its own", async () => {
    const beside = readKept(keep(records.map(lineOf)));
    const { document } = parseHTML("<html><body></body></html>");
    const out = mkdtempSync(join(dir, "out-"));
    await writeReport(out, [], {
      scale: "quick",
      missing: "",
      document,
      studies: [tuning],
      beside: [beside!],
    });
    const page = readFileSync(join(out, "report.html"), "utf8");
    const counted = `2 of the ${trials.length} pieces of work that the scale plans, the last of 2026-11-28.`;
    expect(page).toContain("The laptop run of 2026-11-28");
    expect(page).toContain(counted);
    expect(page).toContain('<a href="laptop.html#laptop-checks">');
    const kept = readFileSync(join(out, "laptop.html"), "utf8");
    expect(kept).toContain(counted);
    expect(kept).toContain('<figure id="laptop-tuning"');
    expect(page).not.toContain("laptop-tuning.svg");
    expect(readFileSync(join(out, "figures", "laptop-tuning.svg"), "utf8")).toContain("<svg");
    expect(readFileSync(join(out, "figures", "laptop-tuning.csv"), "utf8").split("\n")).toHaveLength(4);
    // its records are not this run's
    expect(readFileSync(join(out, "records.jsonl"), "utf8")).toBe("");
  });

  it("may be of one study, counted by what that plans, and stands beside reports that have it", async () => {
    const of = (study: string) =>
      readKept(keep(records.map(lineOf), { scale: "paper", study, date: "2026-11-28" }))!;
    const beside = [readKept(keep(records.map(lineOf)))!, of("tuning"), of("matrix")];
    const { document } = parseHTML("<html><body></body></html>");
    const context = { scale: "quick", missing: "", document, studies: [tuning], beside } as const;
    const { pages } = await reportPages([], context);
    expect([...pages.keys()]).toEqual(["report.html", "laptop.html", "paper-tuning.html"]);
    const planned = plan([tuning], { scale: "paper", catalogue: builtIn }).length;
    expect(pages.get("paper-tuning.html")).toMatchObject({
      title: "The tuning at scale paper of 2026-11-28",
      lead: expect.stringContaining(
        `of the ${planned} pieces of work that tuning plans at that scale`,
      ) as string,
    });
    const ids = pages.get("report.html")!.sections.flatMap(({ id }) => id);
    expect(ids.filter((id) => /^(laptop|paper-tuning)$/.test(id))).toEqual(["laptop", "paper-tuning"]);
  });

  it("is nothing where it was left out, and refused where it was changed", () => {
    expect(readKept(join(dir, "none"))).toBeNull();
    const changed = lineOf(records[1]).replace('"explainedVariance":0.25', '"explainedVariance":0.95');
    expect(() => readKept(keep([lineOf(records[0]), changed]))).toThrow(
      /line 2: its result has been altered/,
    );
    expect(() => readKept(keep(["{"]))).toThrow(/line 1/);
    expect(() => readKept(keep([], { scale: "huge", date: "2026-11-28" }))).toThrow(/run\.json/);
    const cut = keep([]);
    writeFileSync(join(cut, "records.jsonl.br"), brotliCompressSync("{}").subarray(0, 10));
    expect(() => readKept(cut)).toThrow(/records\.jsonl\.br/);
  });

  it("that the program has is whole, and of the size of a picture", () => {
    const own = keptBeside("quick");
    expect(own.map(({ scale, study }) => [scale, study])).toEqual([
      ["laptop", undefined],
      ["paper", "matrix"],
    ]);
    for (const { records } of own) {
      for (const { measurement } of records) expect(measurement.numerics).toBeDefined();
      expect(new Set(records.map((r) => r.id)).size).toBe(records.length);
    }
    expect(keptBeside("laptop").map(({ scale }) => scale)).toEqual(["paper"]);
    expect(keptBeside("paper")).toEqual([]);
  });
});
