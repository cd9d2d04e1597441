/** What counts as a finished piece of work, what is set aside, and that nothing intact is lost by it. */

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { numerics } from "../../../src/base/version.ts";
import { origins, type Envelope } from "../../../src/run/record.ts";
import {
  hashOf,
  openStore,
  readContents,
  recordOf,
  setAside,
  type Store,
} from "../../../src/run/store/files.ts";
import type { Task } from "../../../src/run/task.ts";
import { certifiedRecord, trainedRecord } from "../../study/records.ts";

let dir = "";
let store: Store;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "equihard-store-"));
  store = openStore(dir);
});
afterEach(() => rmSync(dir, { recursive: true }));

const task = (seed: number): Extract<Task, { kind: "train" }> => ({ kind: "train", family: "gnn-degree-parity", params: { n: 6 }, seed, easy: false, options: {} }); // prettier-ignore
const [first, second] = [0, 1].map((seed) => trainedRecord(task(seed), { loss: seed }));
const place = (record: Envelope): string => join(dir, "results", `${record.id}.json`);
const certificate = certifiedRecord({ kind: "certify", family: "gnn-degree-parity", params: { n: 6 }, tau: 0.1, rho: 0.5 }, 8); // prettier-ignore
/** The first record with another result, and its hash right. */
const withResult = (result: object) => ({ ...first, result, resultHash: hashOf(result) });
const put = (value: unknown): void => writeFileSync(place(first), JSON.stringify(value));

/** Each puts something odd where the first record belongs, and says what is wrong with it. */
const odd: [string, RegExp, () => void][] = [
  ["nothing in it", /not JSON/, () => writeFileSync(place(first), "")],
  ["a truncated record", /not JSON/, () => writeFileSync(place(first), JSON.stringify(first).slice(0, 100))],
  ["null", /no record: the document/, () => put(null)],
  ["a list", /no record: the document/, () => put([first])],
  ["another schema", /no record: schema/, () => put({ ...first, schema: "equihard.record/2" })],
  ["no measurement", /no record: measurement/, () => put({ ...first, measurement: undefined })],
  ["a result of another kind of work", /no record: result\.curve does not fit/, () => put(withResult({ ...first.result, curve: undefined }))],
  ["a certificate in a training's place", /no record: result\.instance does not fit/, () => put(withResult(certificate.result))],
  ["a result with text for a number", /no record: result\.final\.loss does not fit/, () => put(withResult({ ...first.result, final: { loss: "1" } }))],
  ["a result that is no object", /no record: result/, () => put({ ...first, result: 3, resultHash: hashOf(3) })],
  ["a field too many", /no record/, () => put({ ...first, more: 1 })],
  ["a copy of another record", /a copy of the record [0-9a-f]{20}$/, () => put(second)],
  ["an altered id", /its id is not its task's/, () => put({ ...first, id: second.id })],
  ["an altered task", /its id is not its task's/, () => put({ ...first, task: task(2) })],
  ["a task without its fields", /no record: task/, () => put({ ...first, task: { kind: "train" } })],
  ["an altered result", /its result has been altered/, () => put({ ...first, result: { final: { loss: 7 } } })],
  ["a dangling link", /cannot be read: no such file/, () => symlinkSync("nowhere", place(first))],
  ["a loop of links", /cannot be read: .*ELOOP/, () => symlinkSync(place(first), place(first))],
  ["a folder", /cannot be read: .*EISDIR/, () => mkdirSync(join(place(first), "inner"), { recursive: true })],
  ["an odd numerics version", /no record: measurement/, () => put({ ...first, measurement: { numerics: "../x" } })],
]; // prettier-ignore

describe("a record", () => {
  it("is kept, the first of its id, and read as it was written", () => {
    store.publish(first);
    store.publish(trainedRecord(task(0), { loss: 9 }));
    store.publish(second);
    expect(store.records()).toEqual([first, second].sort((a, b) => (a.id < b.id ? -1 : 1)));
    const absent = trainedRecord(task(2), {}).id;
    expect(store.held([first.id, absent])).toEqual(new Set([first.id]));
    expect(readContents(dir).damaged).toEqual([]);
    expect(readdirSync(dir)).toEqual(["results"]);
  });

  it("names the program that made it", () => {
    expect(first.measurement).toMatchObject({ cpu: "test", numerics, version: expect.any(String) as string });
  });
});

it("is made only of what its kind of work results in", () => {
  expect(() => recordOf(task(0), { final: { loss: 1 } }, {})).toThrow(
    /^train gnn-degree-parity n=6 seed 0: no record: result\.instance does not fit$/,
  );
  expect(() => recordOf(certificate.task, first.result, {})).toThrow(/result\.\w+ does not fit/);
});

describe.each(odd)("where a record belongs, %s", (_, problem, make) => {
  it("counts as not done, is named, blocks nothing, and is set aside by the next to publish there", () => {
    store.publish(second);
    make();
    expect(store.held([first.id]).size).toBe(0);
    expect(store.records()).toEqual([second]);
    const { damaged } = readContents(dir);
    expect(damaged).toEqual([
      { name: `${first.id}.json`, problem: expect.stringMatching(problem) as string },
    ]);

    store.publish(first);
    expect(new Set(store.records())).toEqual(new Set([first, second]));
    expect(readdirSync(join(dir, "damaged"))).toEqual([`${first.id}.json`]);
    expect(readContents(dir).damaged).toEqual([]);
  });
});

describe("setAside", () => {
  it("loses nothing: a second damaged file of a name gets another", () => {
    for (const text of ["one", "two"]) {
      writeFileSync(place(first), text);
      expect(setAside(dir, `${first.id}.json`)).toBe(join(dir, "damaged"));
    }
    const names = readdirSync(join(dir, "damaged"));
    expect(names.map((n) => readFileSync(join(dir, "damaged", n), "utf8")).sort()).toEqual(["one", "two"]);
  });

  it("is no error where another process was first, and gives an intact record its place back", () => {
    expect(setAside(dir, `${first.id}.json`)).toBeNull();
    store.publish(first); // between the look and the move
    setAside(dir, `${first.id}.json`);
    expect(store.records()).toEqual([first]);
    expect(readdirSync(join(dir, "damaged"))).toEqual([]);
  });

  it("moves a record copied under another name, whole", () => {
    store.publish(first);
    copyFileSync(place(first), join(dir, "results", "copy.json"));
    const [{ name, problem }] = readContents(dir).damaged;
    expect([name, problem]).toEqual(["copy.json", `a copy of the record ${first.id}`]);
    setAside(dir, name);
    expect(existsSync(join(dir, "damaged", "copy.json"))).toBe(true);
    expect(store.records()).toEqual([first]);
  });
});

describe("records of another numerics version", () => {
  const of = (measurement: Record<string, unknown>): void => put({ ...first, measurement });

  it.each([
    ["a later one", { numerics: numerics + 1 }, `numerics-${numerics + 1}`],
    ["none, from before they were named", { version: "0.1.0" }, "numerics-unnamed"],
  ])("%s: are intact, count as not done, and are kept apart", (_, measurement, shelf) => {
    of(measurement);
    expect([store.held([first.id]).size, store.records()]).toEqual([0, []]);
    const { records, foreign, damaged } = readContents(dir);
    expect([records.length, foreign.length, damaged.length]).toEqual([0, 1, 0]);
    store.publish(first);
    expect(store.records()).toEqual([first]);
    const kept = JSON.parse(readFileSync(join(dir, shelf, `${first.id}.json`), "utf8")) as Envelope;
    expect(kept.measurement).toEqual(measurement);
  });

  it("are counted in words", () => {
    const other = { ...second, measurement: {} };
    expect(origins([first, first, other])).toBe(`2 records of numerics version ${numerics} and 1 record of an older program that named no numerics version`); // prettier-ignore
  });
});

describe("openStore", () => {
  it("rejects a folder that cannot be written, in words", () => {
    const file = join(dir, "file");
    writeFileSync(file, "");
    expect(() => openStore(join(file, "run"))).toThrow(/--out: .*run cannot be written: not a directory \(ENOTDIR\)/);
  });

  it("leaves nothing of its own", () => {
    expect(readdirSync(join(dir, "results"))).toEqual([]);
  });
}); // prettier-ignore
