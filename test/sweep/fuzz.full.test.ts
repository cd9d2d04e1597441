/** Ten thousand changed sweeps, records and tables each: no crash, no hang, and nothing is lost without a word. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { canonicalJson } from "../../src/base/json.ts";
import { openStore, readContents } from "../../src/run/store/files.ts";
import { compact } from "../../src/run/store/tables.ts";
import { builtIn } from "../../src/study/registry.ts";
import { readSpec } from "../../src/sweep/document.ts";
import { planSweep } from "../../src/sweep/plan.ts";
import { processorTime } from "../processor-time.ts";
import { trainedRecord } from "../study/records.ts";

const numRuns = 10_000;
/** Milliseconds of the processor that one may take. */
const BOUND = 5000;

const timed = async <T>(work: () => T | Promise<T>): Promise<T> => {
  const start = processorTime();
  const value = await work();
  expect(processorTime() - start).toBeLessThan(BOUND);
  return value;
};

/** Bytes cut out of a file at a place, and others put in. */
const patch = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof(fc.nat(4), fc.nat(400)),
  put: fc.uint8Array({ maxLength: 12 }),
});
type Patch = typeof patch extends fc.Arbitrary<infer T> ? T : never;
const patches = fc.array(patch, { minLength: 1, maxLength: 3 });
const patched = (bytes: Buffer, changes: readonly Patch[]): Buffer =>
  changes.reduce((b, { at, cut, put }) => {
    const place = Math.floor(at * b.length);
    return Buffer.concat([b.subarray(0, place), put, b.subarray(place + cut)]);
  }, bytes);

describe("a changed sweep", () => {
  const whole = [
    'family: gnn-degree-parity\nparameters: { n: { from: 6, to: 10, steps: 3 } }\ntrain:\n  width: [8, 16]\n  steps: 10\nseeds: [0, 5]\nwhere: "n * width < 150"\nzip: []\n',
    'families: { gnn-hidden-plane: { n: 1, k: [2, 4], d: [8, 16] }, frame-parity: { group: "cyclic:6", k: 2 } }\neasy: [false, true]\nseeds: 3\n',
    'family: gnn-hidden-plane\nparameters: { n: 1, k: 2, d: { from: 8, to: 64, steps: 4, scale: log } }\nlearner: label-transform\nlearn: { width: [8, 16] }\nbisect: { over: d, until: "final_loss < 1 and not steps > 3", seeds: 5 }\n',
  ];
  const marks = ["{", "}", "[", "]", "&a ", "*a", "- ", ": ", ", ", "\n", "\t", "#", '"', "<"];
  const words = fc.constantFrom(
    ...marks,
    "null",
    "1e999",
    "-1",
    "0",
    "true",
    "grid: ",
    "from: ",
    "log",
    "9999999",
    "and",
  );
  const change = fc.record({
    of: fc.nat(2),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(12),
    put: fc.oneof(fc.string({ maxLength: 6 }), words),
  });

  it("is refused in a line, or planned", async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const text = changes.reduce((t, { at, cut, put }) => {
          const place = Math.floor(at * t.length);
          return t.slice(0, place) + put + t.slice(place + cut);
        }, whole[changes[0].of]);
        const found = await timed(async () => planSweep(await readSpec(text, "s.yaml"), builtIn)).catch(
          (error: unknown) => error,
        );
        if (found instanceof InputError) {
          refused++;
          expect(found.message).not.toContain("\n");
        } else expect(found).toHaveProperty("count"); // anything else thrown is a defect
      }),
      { numRuns },
    );
    expect(refused).toBeGreaterThan(numRuns / 2);
    expect(refused).toBeLessThan(numRuns);
  });
});

describe("in a run folder", () => {
  // in memory where there is such a folder: three quarters of the time would go to a disk's fsync
  const dir = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "equihard-fuzz-"));
  afterAll(() => rmSync(dir, { recursive: true }));
  const records = Array.from({ length: 6 }, (_, seed) =>
    trainedRecord(
      { kind: "train", family: "gnn-degree-parity", params: { n: 6 }, seed, easy: false, options: {} },
      { loss: seed },
    ),
  );
  const single = join(dir, "results", `${records[0].id}.json`);
  const batch = join(dir, "results", `${records[1].id}.jsonl`);
  const original = new Map(records.map((record) => [record.id, canonicalJson(record.result)]));
  const before = new Map<string, Buffer>();

  beforeAll(() => {
    const store = openStore(dir);
    store.publish(records[0]);
    store.publishBatch(records[1].id, records.slice(1));
    for (const path of [single, batch]) before.set(path, readFileSync(path));
  });

  it("a changed file of records loses no record without a word, and gives none another result", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(single, batch), patches, async (path, changes) => {
        const bytes = before.get(path) ?? Buffer.alloc(0);
        writeFileSync(path, patched(bytes, changes));
        const found = await timed(() => readContents(dir));
        writeFileSync(path, bytes);
        const held = [...found.records, ...found.foreign];
        for (const { id, result } of held) expect(canonicalJson(result)).toBe(original.get(id));
        const lost = records.length - new Set(held.map(({ id }) => id)).size;
        if (lost > 0) expect(found.damaged.length).toBeGreaterThan(0);
      }),
      { numRuns },
    );
    expect(readContents(dir).records).toHaveLength(records.length);
  });

  it("a changed table is made anew from the records, byte for byte", async () => {
    const { trials, curves } = compact(dir);
    const stamp = join(dir, "tables.json");
    const whole = new Map([trials, curves, stamp].map((path) => [path, readFileSync(path)]));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(trials, curves, stamp), patches, async (path, changes) => {
        writeFileSync(path, patched(whole.get(path) ?? Buffer.alloc(0), changes));
        await timed(() => compact(dir));
        // a stamp that says the same in other bytes may stay
        for (const file of [trials, curves])
          expect(whole.get(file)?.equals(readFileSync(file)), file).toBe(true);
      }),
      { numRuns },
    );
  });
});
