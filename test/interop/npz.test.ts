import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { readNpy, writeNpy, type NumpyArray } from "../../src/interop/npy.ts";
import { openNpz, writeNpz } from "../../src/interop/npz.ts";
import { crc32 } from "../../src/interop/crc.ts";
import { openZip } from "../../src/interop/zip.ts";
import { writeZip } from "../../src/interop/zip-write.ts";

const text = (s: string): Uint8Array => new TextEncoder().encode(s);
const matrix: NumpyArray = { shape: [2, 3], data: Float64Array.of(1, -2, 3.5, 0, 1e-300, -1) };

/** A .npy file with that header and body, format 1. */
function npy(header: string, body: Uint8Array): Uint8Array {
  const padded = `${header.padEnd(53)}\n`;
  return Uint8Array.from([0x93, ...text("NUMPY"), 1, 0, padded.length & 255, padded.length >> 8, ...text(padded), ...body]); // prettier-ignore
}

/** The bytes with one 16- or 32-bit field, found after `signature`, replaced. */
function patched(bytes: Uint8Array, signature: number, offset: number, value: number, width: 2 | 4) {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  let at = 0;
  while (view.getUint32(at, true) !== signature) at++;
  if (width === 2) view.setUint16(at + offset, value, true);
  else view.setUint32(at + offset, value, true);
  return copy;
}
const [directory, end64] = [0x02014b50, 0x06064b50];

/** The archive with the named fields of all members, and where its directory lies, moved to zip64 fields. */
function asZip64(bytes: Uint8Array, moved: readonly string[]): Uint8Array {
  const from = Buffer.from(bytes);
  const at = { packedSize: 20, size: 24, headerAt: 42 };
  const end = from.length - 22;
  const start = from.readUInt32LE(end + 16);
  const records: Buffer[] = [];
  for (let cursor = start; cursor < end;) {
    const length = from.readUInt16LE(cursor + 28);
    const record = Buffer.from(from.subarray(cursor, cursor + 46 + length));
    const extra = Buffer.alloc(4 + 8 * moved.length);
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(8 * moved.length, 2);
    // in the order that the format prescribes
    (["size", "packedSize", "headerAt"] as const)
      .filter((field) => moved.includes(field))
      .forEach((field, i) => {
        extra.writeBigUInt64LE(BigInt(record.readUInt32LE(at[field])), 4 + 8 * i);
        record.writeUInt32LE(0xffffffff, at[field]);
      });
    record.writeUInt16LE(extra.length, 30);
    records.push(record, extra);
    cursor += 46 + length;
  }
  const listed = Buffer.concat(records);
  const [summary, locator, last] = [Buffer.alloc(56), Buffer.alloc(20), Buffer.from(from.subarray(end))];
  summary.writeUInt32LE(end64, 0);
  summary.writeBigUInt64LE(44n, 4);
  [records.length / 2, records.length / 2, listed.length, start].forEach((x, i) =>
    summary.writeBigUInt64LE(BigInt(x), 24 + 8 * i),
  );
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + listed.length), 8);
  locator.writeUInt32LE(1, 16);
  last.fill(0xff, 8, 20);
  return Uint8Array.from(Buffer.concat([from.subarray(0, start), listed, summary, locator, last]));
}

describe("npy", () => {
  it("reads what it writes", () => {
    for (const data of [Float64Array, Float32Array, Int8Array, Uint8Array, Int16Array, Int32Array].map((T) => T.from([1, 0, 7, 100])))
      for (const shape of [[4], [2, 2], [1, 4, 1], [2, 1, 2]])
        expect(readNpy(writeNpy({ shape, data }), "a")).toEqual({ shape, data });
    expect(readNpy(writeNpy({ shape: [], data: Int8Array.of(3) }), "a").shape).toEqual([]);
    expect(readNpy(writeNpy({ shape: [0, 5], data: new Int8Array(0) }), "a").data).toHaveLength(0);
  }); // prettier-ignore

  it("puts Fortran order into C order", () => {
    const body = Uint8Array.of(0, 1, 2, 3, 4, 5);
    const f = npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", body);
    expect([...readNpy(f, "a").data]).toEqual([0, 2, 4, 1, 3, 5]);
    const g = npy("{'descr': '|u1', 'fortran_order': True, 'shape': (3, 1, 2), }", body);
    expect([...readNpy(g, "a").data]).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it("takes 64-bit integers that a float64 holds, and no other", () => {
    const of = (kind: string, ...x: bigint[]) =>
      npy(`{'descr': '<${kind}8', 'fortran_order': False, 'shape': (2,), }`, new Uint8Array(BigInt64Array.from(x).buffer));
    expect([...readNpy(of("i", -1n, 2n ** 52n), "a").data]).toEqual([-1, 2 ** 52]);
    for (const kind of ["i", "u"]) expect(() => readNpy(of(kind, 1n, 2n ** 60n), "a")).toThrow(/beyond 2\^53/);
    expect(() => readNpy(of("u", 1n, -1n), "a")).toThrow(/beyond 2\^53/);
  }); // prettier-ignore

  it.each([
    "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 2), }",
    "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 2)}",
    '{"shape":(2,2,),"fortran_order":False,"descr":"<i2"}',
    "{ 'descr' : '<i2' , 'fortran_order' : False , 'shape' : ( 2 , 2 , ) , }",
    "{'descr': '<i2', 'fortran_order': False, 'shape': (2L, 2l), }",
    "{'descr': u'=i2', u'fortran_order': False, 'shape': (2, (2)), }",
    "  {'descr': 'i2',\n 'fortran_order':\tFalse,\n 'shape': (2, 2)}",
    "{'descr': ('|i2'), 'fortran_order': False, 'shape': (2, 2), 'descr': '<i2'}",
  ])("reads the header %j", (header) => {
    const body = new Uint8Array(Int16Array.of(1, -2, 3, -4).buffer);
    expect(readNpy(npy(header, body), "a")).toEqual({ shape: [2, 2], data: Int16Array.of(1, -2, 3, -4) });
  });

  it.each<[string, number[], NumpyArray["data"]]>([
    [">f8", [0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0], Float64Array.of(1, -2)],
    [">i4", [0, 0, 1, 0, 0xff, 0xff, 0xff, 0xfe], Int32Array.of(256, -2)],
    [
      ">i8",
      [0, 0, 0, 0, 0, 0, 1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe],
      Float64Array.of(256, -2),
    ],
    ["<u8", [1, 2, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0], Float64Array.of(513, 3)],
    ["<u4", [1, 2, 0, 0, 0xff, 0xff, 0xff, 0xff], Float64Array.of(513, 2 ** 32 - 1)],
    ["=u2", [1, 2, 0xff, 0xff], Int32Array.of(513, 65535)],
    [">u2", [1, 2, 0xff, 0xfe], Int32Array.of(258, 65534)],
    ["<i1", [1, 0xff], Int8Array.of(1, -1)],
    [">i1", [1, 0xff], Int8Array.of(1, -1)],
    ["=u1", [1, 0xff], Uint8Array.of(1, 255)],
    ["<b1", [1, 0], Uint8Array.of(1, 0)],
    ["<f2", [0, 0x3c, 0xff, 0xfb], Float32Array.of(1, -65504)],
    [">f2", [0, 1, 0x83, 0xff], Float32Array.of(2 ** -24, -1023 * 2 ** -24)],
    ["<f2", [0, 0x7c, 0, 0x7e], Float32Array.of(Infinity, NaN)],
  ])("reads entries of type %s", (descr, bytes, data) => {
    const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (2,), }`;
    expect(readNpy(npy(header, Uint8Array.from(bytes)), "a")).toEqual({ shape: [2], data });
  });

  it.each([
    ["{'descr': '<f16', 'fortran_order': False, 'shape': (1,), }", /type <f16/],
    ["{'descr': '!f8', 'fortran_order': False, 'shape': (1,), }", /type !f8/],
    ["{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", /type \|O/],
    ["{'descr': '<f3', 'fortran_order': False, 'shape': (1,), }", /type <f3/],
    ["{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", /type <c8/],
    ["{'descr': '<U2', 'fortran_order': False, 'shape': (1,), }", /type <U2/],
    ["{'descr': 'toString', 'fortran_order': False, 'shape': (1,), }", /type toString/],
    ["{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", /structured type/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1), }", /not understood/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': [1], }", /not understood/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1.0,), }", /not understood/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1M,), }", /not understood/],
    ["{'descr': '<f8', 'fortran_order': 1, 'shape': (1,), }", /not understood/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'more': 1}", /not understood/],
    ["{'descr': '<f8', 'fortran_order': False,, 'shape': (1,)}", /not understood/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} {}", /not understood/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1,)", /not understood/],
    [`{'descr': ${"(".repeat(500)}`, /not understood/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", /not understood/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (9999999999999999, 9999999999999999), }", /bytes of entries/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", /8 bytes of entries where the shape \(2\) has 16/],
    ["{'descr': '<f8', 'fortran_order': maybe, 'shape': (1,), }", /not understood/],
    ["{'descr': '<f8', 'shape': (1,), }", /not understood/],
    ["__import__('os').system('true')", /not understood/],
  ])("refuses the header %s", (header, message) => {
    expect(() => readNpy(npy(header, new Uint8Array(8)), "a")).toThrow(message);
    expect(() => readNpy(npy(header, new Uint8Array(8)), "a")).toThrow(InputError);
  }); // prettier-ignore
});

describe("npz", () => {
  it("reads what it writes, and writes the same bytes for the same arrays", async () => {
    const arrays = { labels: matrix, ones: { shape: [5000], data: new Int8Array(5000).fill(1) } };
    const bytes = await writeNpz(arrays);
    expect(bytes.length).toBeLessThan(1000);
    expect(await writeNpz(arrays)).toEqual(bytes);
    const file = openNpz(bytes, "a.npz");
    expect(file.names).toEqual(["labels", "ones"]);
    expect(await file.read("labels")).toEqual(matrix);
    expect(await file.read("ones")).toEqual(arrays.ones);
    await expect(file.read("y")).rejects.toThrow(/no array "y"; allowed: labels, ones/);
  });

  it("checksum and deflate are the standard ones", async () => {
    expect(crc32(text("123456789"))).toBe(0xcbf43926);
    const data = text("abc".repeat(1000));
    const zip = await writeZip([["a", data]]);
    const packed = deflateRawSync(data);
    expect(Buffer.from(zip).includes(packed.subarray(0, 10))).toBe(true);
  });

  it("refuses members that are not what the directory says", async () => {
    const bytes = await writeNpz({ y: { shape: [4000], data: new Float64Array(4000) } });
    const cases: [Uint8Array, RegExp][] = [
      [patched(bytes, directory, 16, 7, 4), /checksum/],
      [patched(bytes, directory, 24, 100, 4), /more than the 100 bytes/],
      [patched(bytes, directory, 24, 1e6, 4), /32128 bytes where 1000000 are declared/],
      [patched(bytes, directory, 24, 3e9, 4), /at most 1073741824/],
      [patched(bytes, directory, 20, 10, 4), /cannot be unpacked|checksum|declared/],
      [patched(bytes, directory, 20, 1e6, 4), /the file ends before/],
      [patched(bytes, directory, 42, 1e6, 4), /header is damaged/],
    ];
    for (const [file, message] of cases)
      await expect((async () => openNpz(file, "a.npz").read("y"))()).rejects.toThrow(message);
  });

  it("reads zip64: sizes in extra fields, a directory found by its own record", async () => {
    const bytes = await writeNpz({ y: matrix, z: { shape: [2], data: Int8Array.of(5, 6) } });
    for (const where of [["size"], ["packedSize", "headerAt"], ["size", "packedSize", "headerAt"]]) {
      const file = openNpz(asZip64(bytes, where), "a.npz");
      expect(file.names).toEqual(["y", "z"]);
      expect(await file.read("y")).toEqual(matrix);
      expect((await file.read("z")).data).toEqual(Int8Array.of(5, 6));
    }
  });

  it("refuses zip64 whose fields are missing or far too large", async () => {
    const bytes = asZip64(await writeNpz({ y: matrix }), ["size", "packedSize", "headerAt"]);
    const extraAt = 46 + "y.npy".length;
    // the tag of another extra field, and one that is cut short
    expect(() => openZip(patched(bytes, directory, extraAt, 2, 2), "a", 1e6)).toThrow(/zip64 sizes are missing/);
    expect(() => openZip(patched(bytes, directory, extraAt + 2, 8, 2), "a", 1e6)).toThrow(/zip64 sizes are missing/);
    expect(() => openZip(patched(bytes, directory, extraAt + 2, 60, 2), "a", 1e6)).toThrow(/zip64 sizes are missing/);
    const read = (file: Uint8Array) => openZip(file, "a", 1e6).read("y.npy");
    await expect(read(patched(bytes, directory, extraAt + 8, 1, 4))).rejects.toThrow(/bytes unpacked; allowed: at most 1000000/);
    await expect(read(patched(bytes, directory, extraAt + 16, 1, 4))).rejects.toThrow(/the file ends before/);
    await expect(read(patched(bytes, directory, extraAt + 24, 1, 4))).rejects.toThrow(/header is damaged/);
    expect(() => openZip(patched(bytes, end64, 36, 1, 4), "a", 1e6)).toThrow(/several parts/);
    expect(() => openZip(patched(bytes, end64, 52, 9, 4), "a", 1e6)).toThrow(/outside the file/);
  }); // prettier-ignore

  it("refuses other compression, encryption, parts and directories elsewhere", async () => {
    const bytes = await writeNpz({ y: matrix });
    expect(() => openZip(patched(bytes, directory, 10, 12, 2), "a", 1e6)).toThrow(/compression method 12/);
    expect(() => openZip(patched(bytes, directory, 8, 1, 2), "a", 1e6)).toThrow(/encrypted/);
    expect(() => openZip(patched(bytes, directory, 24, 0xffffffff, 4), "a", 1e6)).toThrow(/zip64 sizes are missing/);
    expect(() => openZip(patched(bytes, directory, 30, 0xffff, 2), "a", 1e6)).toThrow(/directory is damaged/);
    expect(() => openZip(patched(bytes, 0x06054b50, 10, 2, 2), "a", 1e6)).toThrow(/several parts/);
    expect(() => openZip(patched(bytes, 0x06054b50, 12, 1e6, 4), "a", 1e6)).toThrow(/outside the file/);
  }); // prettier-ignore

  it("reads names that look like paths, and never writes one", async () => {
    const bytes = Buffer.from(await writeNpz({ abcd: matrix })).toString("latin1");
    for (const name of ["a/bc", "../e", "/abc", "C:ab", "a\\bc", "a b."]) {
      const file = openNpz(Buffer.from(bytes.replaceAll("abcd", name), "latin1"), "a.npz");
      expect(file.names).toEqual([name]);
      expect(await file.read(name)).toEqual(matrix);
    }
  });

  it("refuses to write paths, and twins, control characters and what is no archive", async () => {
    for (const name of ["../x.npy", "/x", "a/b.npy", "C:x", "a\\b", "a\0b", ""])
      await expect(writeZip([[name, text("1")]])).rejects.toThrow(/plain name/);
    const bytes = await writeZip([["abcd.npy", text("1")]]);
    const evil = Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("abcd", "a\nbc"), "latin1");
    expect(() => openZip(evil, "a", 1e6)).toThrow(/name is no text/);
    const twins = await writeZip([["a", text("1")], ["a", text("2")]]); // prettier-ignore
    expect(() => openZip(twins, "a", 1e6)).toThrow(/two members/);
    for (const junk of [new Uint8Array(0), text("PK"), text("hello world, this is no archive at all")])
      expect(() => openZip(junk, "a", 1e6)).toThrow(/no zip archive/);
  });

  it("survives damage: the right array, or one clear complaint", async () => {
    const bytes = await writeNpz({ y: { shape: [50], data: Float64Array.from({ length: 50 }, (_, i) => i % 3) } });
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const copy = bytes.slice();
        copy[at] ^= change;
        try {
          const file = openNpz(copy, "a.npz");
          if (file.names.length > 0) expect((await file.read(file.names[0])).data).toHaveLength(50);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 100 },
    );
  }); // prettier-ignore
});
