/** The safetensors format: the library's own examples, byte for byte, and damage. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSafetensors, writeSafetensors, type Tensor } from "../../src/interop/safetensors.ts";
import { processorTime } from "../processor-time.ts";
import { contents, damaged, file, survives } from "./damage.ts";

const of = (tensors: Record<string, Tensor>, metadata: Record<string, string> = {}): Uint8Array =>
  writeSafetensors({ tensors: new Map(Object.entries(tensors)), metadata });
const read = (header: string, size = 0) => readSafetensors(file(header, size), "w.safetensors");
const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

describe("files as the safetensors library writes them (its tests, safetensors/src/tensor.rs)", () => {
  const entries = Float32Array.of(0, 1, 2, 3, 4, 5);
  const numbers = latin(new Uint8Array(entries.buffer));

  it.each([
    [
      "test_serialization",
      of({ "attn.0": { shape: [1, 2, 3], data: entries } }),
      `@\0\0\0\0\0\0\0{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}${numbers}`,
    ],
    [
      "test_serialization_forced_alignement",
      of({ attn0: { shape: [1, 1, 2, 3], data: entries } }),
      `H\0\0\0\0\0\0\0{"attn0":{"dtype":"F32","shape":[1,1,2,3],"data_offsets":[0,24]}}       ${numbers}`,
    ],
    ["test_empty", of({}), "\b\0\0\0\0\0\0\0{}      "],
    [
      "test_empty, with a text",
      of({}, { framework: "pt" }),
      '(\0\0\0\0\0\0\0{"__metadata__":{"framework":"pt"}}     ',
    ],
  ])("%s", (_, bytes, expected) => {
    expect(latin(bytes)).toBe(expected);
    expect(survives(bytes)).toBe(true);
  });

  it("wider entries stand first, then names in order", () => {
    const [narrow, wide] = [new Float32Array(1), new Float64Array(1)];
    const bytes = of({
      b: { shape: [1], data: narrow },
      a: { shape: [1], data: narrow },
      z: { shape: [], data: wide },
    });
    const [, header] = /(\{.*\})/.exec(latin(bytes))!;
    const places = Object.entries(JSON.parse(header) as Record<string, { data_offsets: number[] }>);
    expect(places.map(([name, { data_offsets: at }]) => [name, ...at])).toEqual([
      ["z", 0, 8],
      ["a", 8, 12],
      ["b", 12, 16],
    ]);
  });
});

describe("reading", () => {
  it("gives back what was written, bit for bit, and writes that the same again", () => {
    fc.assert(
      fc.property(contents, (content) => {
        const bytes = writeSafetensors(content);
        const back = readSafetensors(bytes, "a.safetensors");
        expect(new Map([...back.tensors].sort())).toEqual(new Map([...content.tensors].sort()));
        for (const [name, { data }] of content.tensors) {
          const [before, after] = [data, back.tensors.get(name)!.data].map((x) => new Uint8Array(x.buffer));
          expect(after).toEqual(before);
        }
        expect(Object.entries(back.metadata)).toEqual(Object.entries(content.metadata));
        expect(writeSafetensors(back)).toEqual(bytes);
      }),
      { numRuns: 200 },
    );
  });

  it("takes floats of 16 bits exactly, wherever the entries begin", () => {
    const halves = file(
      '{"h":{"dtype":"F16","shape":[6],"data_offsets":[0,12]},"b":{"dtype":"BF16","shape":[4],"data_offsets":[12,20]}}',
      20,
    );
    // IEEE 754 binary16: 1, -2, the largest, the least, -0, infinity; bfloat16: 1, -2, pi cut to 8 bits, infinity
    const words = [0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x7c00, 0x3f80, 0xc000, 0x4049, 0x7f80];
    const view = new DataView(halves.buffer);
    words.forEach((word, i) => view.setUint16(halves.length - 20 + 2 * i, word, true));
    const { tensors } = readSafetensors(halves, "w");
    expect(tensors.get("h")!.data).toEqual(Float32Array.of(1, -2, 65504, 2 ** -24, -0, Infinity));
    expect(tensors.get("b")!.data).toEqual(Float32Array.of(1, -2, 3.140625, Infinity));
  });

  const tensor = '"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}';
  it.each([
    ["nothing", new Uint8Array(7), /7 bytes are no safetensors file/],
    [
      "text",
      new TextEncoder().encode('{"schema": "x"}'),
      /a header's length of \d+ bytes; allowed: at most 1048576/,
    ],
    ["a header cut off", file("{}", 0, 3), /its header of 3 bytes is cut off/],
    ["no UTF-8", file("{}").fill(0xff, 9), /no JSON object/],
    ["no JSON", file("{"), /no JSON object/],
    ["a list", file("[]"), /no JSON object/],
    ["space first", file(" {}"), /no JSON object/],
    ["a tensor twice", file(`{${tensor},${tensor}}`, 8), /a name stands twice/],
    ["a text twice", file('{"__metadata__":{"a":"1","\\u0061":"2"}}'), /a name stands twice/],
    [
      "a field twice",
      file('{"a":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}}', 8),
      /a name stands twice/,
    ],
    ["texts that are none", file('{"__metadata__":{"a":1}}'), /__metadata__ is no map of texts/],
    [
      "integers",
      file('{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}', 8),
      /entries of type "I64"; allowed: F64, F32, F16, BF16/,
    ],
    [
      "a further field",
      file('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}', 8),
      /"a" is not described/,
    ],
    ["a negative size", file('{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}', 8), /no shape/],
    [
      "sizes beyond numbers",
      file('{"a":{"dtype":"F32","shape":[9007199254740991,9007199254740991],"data_offsets":[0,8]}}', 8),
      /8 bytes where the shape/,
    ],
    ["one offset", file('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}', 8), /no place/],
    [
      "another size",
      file('{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}', 8),
      /8 bytes where the shape \(3\) has 12/,
    ],
    ["out of range", file(`{${tensor}}`, 7), /7 bytes of entries where its tensors have 8/],
    ["bytes left over", file(`{${tensor}}`, 9), /9 bytes of entries where its tensors have 8/],
    [
      "an overlap",
      file(`{${tensor},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}`, 12),
      /"b" begins at byte 4 of the entries, not at 8/,
    ],
    [
      "a hole",
      file(`{${tensor},"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}`, 16),
      /"b" begins at byte 12 of the entries, not at 8/,
    ],
  ])("refuses %s", (_, bytes, complaint) => {
    expect(() => readSafetensors(bytes, "w.safetensors")).toThrow(complaint);
    expect(survives(bytes)).toBe(false);
  });

  it("takes names that look like fields, and a header padded with white space (negative controls)", () => {
    const { tensors, metadata } = read(
      '{"__metadata__":{"a\\":":"\\":\\":"},"shape\\":":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}\r\n\t ',
      8,
    );
    expect([[...tensors.keys()], metadata]).toEqual([['shape":'], { 'a":': '":":' }]);
  });

  it("is quick with headers of a mebibyte made to be slow", () => {
    const most = 2 ** 20;
    const long = [
      '{"',
      `{"a":${"[".repeat(most - 6)}`,
      `{"${"\\\\".repeat(most / 2 - 2)}`,
      `{${'"":'.repeat(most / 3 - 1)}`,
    ];
    const start = processorTime();
    for (const text of [
      ...long,
      `{"${"x".repeat(most - 60)}":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}`,
    ])
      survives(file(text.slice(0, most), 4));
    expect(processorTime() - start).toBeLessThan(5000);
    expect(() => read(`{"${"x".repeat(most)}":0}`)).toThrow(/at most 1048576/);
  });

  it("500 files of every damage: an array or one complaint", () => {
    let good = 0;
    fc.assert(
      fc.property(damaged, (bytes) => void (good += Number(survives(bytes)))),
      { numRuns: 500 },
    );
    expect(good).toBeGreaterThan(0);
  });
});

it("refuses to write what no file can hold", () => {
  const data = new Float32Array(2);
  expect(() => of({ a: { shape: [3], data } })).toThrow(/2 entries do not fill the shape \(3\)/);
  expect(() => of({ __metadata__: { shape: [2], data } })).toThrow(/no name for a tensor/);
  expect(() => of({}, { a: "x".repeat(2 ** 20) })).toThrow(/a header of \d+ bytes; allowed: at most 1048576/);
});

/** The format read by nothing of this program's: Python's struct and json, by the library's description. */
const script = `
import json, struct, sys
data = open(sys.argv[1], "rb").read()
(length,) = struct.unpack("<Q", data[:8])
assert length % 8 == 0 and data[8:9] == b"{"
header = json.loads(data[8 : 8 + length].decode("utf-8"))
texts, rest = header.pop("__metadata__"), data[8 + length :]
out, end = {}, 0
for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
    start, stop = entry["data_offsets"]
    assert start == end
    end = stop
    kind, size = {"F32": ("f", 4), "F64": ("d", 8)}[entry["dtype"]]
    out[name] = [entry["shape"], [x for (x,) in struct.iter_unpack("<" + kind, rest[start:stop])]]
    count = 1
    for axis in entry["shape"]: count *= axis
    assert count * size == stop - start
assert end == len(rest)
print(json.dumps([texts, out]))
`;
const python = (...args: string[]) => spawnSync("python3", args, { encoding: "utf8", timeout: 60_000 });

it.skipIf(python("--version").status !== 0)("Python finds in a file what was put there", () => {
  const dir = mkdtempSync(join(tmpdir(), "equihard-safetensors-"));
  const path = join(dir, "w.safetensors");
  const [a, b] = [Float32Array.of(1.5, -0.1, 3e38), Float64Array.of(0.1, 1e-310)];
  writeFileSync(path, of({ é: { shape: [3, 1], data: a }, b: { shape: [2], data: b } }, { text: "1\n2" }));
  const { stdout, stderr } = python("-c", script, path);
  rmSync(dir, { recursive: true });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual([
    { text: "1\n2" },
    { é: [[3, 1], Array.from(a)], b: [[2], Array.from(b)] },
  ]);
});
