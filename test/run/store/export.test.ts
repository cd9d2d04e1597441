/** Records as files for other tools, read back by readers of their own. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crc32, crc32c } from "../../../src/interop/crc.ts";
import { printEventFile } from "../../../src/interop/tensorboard.ts";
import { exportedFiles, printCsv } from "../../../src/run/store/export.ts";
import { openStore } from "../../../src/run/store/files.ts";
import type { Task } from "../../../src/run/task.ts";
import { trainedRecord } from "../../study/records.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const tasks = [0, 1].map((seed): Extract<Task, { kind: "train" }> => ({
  kind: "train",
  family: "gnn-degree-parity",
  params: { n: 6, edges: "undirected" },
  seed,
  easy: false,
  options: { width: 8, steps: 200 },
}));
const curve = [0, 10].map((step) => ({ step, loss: 1 - step / 100, accuracy: null }));
const records = tasks.map((task) =>
  trainedRecord(task, { loss: 0.25, accuracy: 0.75, explainedVariance: 0.5 }, { curve, steps: 200 }),
);

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "equihard-export-"));
  const store = openStore(dir);
  for (const record of records) store.publish(record);
});
afterAll(() => rmSync(dir, { recursive: true }));

interface Event {
  readonly step: number;
  readonly values: Record<string, number>;
}

/** An event file by its format's description: lengths, data, and protocol buffers field by field. */
function readEvents(file: Uint8Array): Event[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const events: Event[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(view.getBigUint64(at, true));
    const unmask = (offset: number): number => {
      const turned = (view.getUint32(offset, true) - 0xa282ead8) >>> 0;
      return ((turned >>> 17) | (turned << 15)) >>> 0;
    };
    const data = file.subarray(at + 12, at + 12 + length);
    expect(unmask(at + 8)).toBe(crc32c(file.subarray(at, at + 8)));
    expect(unmask(at + 12 + length)).toBe(crc32c(data));
    events.push(readEvent(data));
    at += 16 + length;
  }
  return events;
}

/** Bytes of what has a fixed size, by its wire type. */
const sizes: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

function* fields(data: Uint8Array): Generator<[field: number, value: Uint8Array | number]> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  const varint = (): number => {
    let [value, scale] = [0, 1];
    for (; data[at] >= 128; at++, scale *= 128) value += (data[at] & 127) * scale;
    return value + data[at++] * scale;
  };
  while (at < data.length) {
    const key = varint();
    const type = key & 7;
    if (type === 0) yield [key >> 3, varint()];
    else {
      const size = sizes[type] ?? varint();
      const part = data.subarray(at, at + size);
      if (type === 5) yield [key >> 3, view.getFloat32(at, true)];
      else yield [key >> 3, part];
      at += size;
    }
  }
}

function readEvent(data: Uint8Array): Event {
  let step = 0;
  const values: Record<string, number> = {};
  for (const [field, value] of fields(data)) {
    if (field === 2) step = value as number;
    if (field !== 5) continue;
    for (const [, summary] of fields(value as Uint8Array)) {
      const parts = new Map(fields(summary as Uint8Array));
      values[new TextDecoder().decode(parts.get(1) as Uint8Array)] = parts.get(2) as number;
    }
  }
  return { step, values };
}

describe("checksums", () => {
  it("are those of the published check value", () => {
    expect(crc32(bytes("123456789"))).toBe(0xcbf43926);
    expect(crc32c(bytes("123456789"))).toBe(0xe3069283);
    expect(crc32c(bytes("6789"), crc32c(bytes("12345")))).toBe(0xe3069283);
  });
});

describe("event files", () => {
  it("hold a trial's curve and outcome, a folder a trial, named by what sets it apart", () => {
    const files = [...exportedFiles(dir, "tensorboard")];
    expect(files.map(({ path }) => path.replace(/-.*/, "")).sort()).toEqual(["seed=0", "seed=1"]);
    const [version, ...events] = readEvents(files[0].content as Uint8Array);
    expect(version).toEqual({ step: 0, values: {} });
    expect(events.map(({ step }) => step)).toEqual([0, 10, 200]);
    expect(events[1].values["loss"]).toBeCloseTo(0.9, 6);
    expect(events[2].values).toEqual({
      final_loss: 0.25,
      final_accuracy: 0.75,
      final_explained_variance: 0.5,
    });
  });

  it("that are damaged are noticed by the reader of the test (negative control)", () => {
    const file = printEventFile([{ wallTime: 1, step: 3, values: { loss: 1 } }], 1);
    const damaged = file.map((byte, i) => (i === file.length - 6 ? byte ^ 1 : byte));
    expect(() => readEvents(damaged)).toThrow();
  });
});

describe("tables as text", () => {
  it("quote what has to be, and leave null empty", () => {
    const rows = [
      { a: 'say "no", twice', b: null },
      { a: "two\nlines", b: 1 },
    ];
    expect(printCsv({ names: ["a", "b"], rows })).toBe('a,b\r\n"say ""no"", twice",\r\n"two\nlines",1\r\n');
  });

  it("have a line a trial and a line a step", () => {
    const [trials, curves] = [...exportedFiles(dir, "csv")].map(({ content }) =>
      String(content).trim().split("\r\n"),
    );
    expect(trials).toHaveLength(3);
    expect(trials[0]).toMatch(/^id,kind,family,n,.*seed,final_loss/);
    expect(curves).toHaveLength(5);
  });
});
