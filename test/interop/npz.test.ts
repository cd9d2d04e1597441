import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { readNpy, writeNpy, type NumpyArray } from "../../src/interop/npy.ts";
import { openNpz, writeNpz } from "../../src/interop/npz.ts";
import { crc32, openZip, writeZip } from "../../src/interop/zip.ts";

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
const directory = 0x02014b50;

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

  it("takes int64 that a float64 holds, and no other", () => {
    const header = "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }";
    const of = (...x: bigint[]) => npy(header, new Uint8Array(BigInt64Array.from(x).buffer));
    expect([...readNpy(of(-1n, 2n ** 52n), "a").data]).toEqual([-1, 2 ** 52]);
    expect(() => readNpy(of(1n, 2n ** 60n), "a")).toThrow(/beyond 2\^53/);
  });

  it.each([
    ["{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }", /type >f8/],
    ["{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", /type \|O/],
    ["{'descr': '<f2', 'fortran_order': False, 'shape': (1,), }", /type <f2/],
    ["{'descr': 'toString', 'fortran_order': False, 'shape': (1,), }", /type toString/],
    ["{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", /not understood/],
    ["{'descr': '<f8', 'fortran_order': False, 'shape': (1), }", /not understood/],
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

  it("refuses other compression, encryption, zip64, parts and directories elsewhere", async () => {
    const bytes = await writeNpz({ y: matrix });
    expect(() => openZip(patched(bytes, directory, 10, 12, 2), "a", 1e6)).toThrow(/compression method 12/);
    expect(() => openZip(patched(bytes, directory, 8, 1, 2), "a", 1e6)).toThrow(/encrypted/);
    expect(() => openZip(patched(bytes, directory, 24, 0xffffffff, 4), "a", 1e6)).toThrow(/zip64/);
    expect(() => openZip(patched(bytes, 0x06054b50, 10, 2, 2), "a", 1e6)).toThrow(/several parts/);
    expect(() => openZip(patched(bytes, 0x06054b50, 12, 1e6, 4), "a", 1e6)).toThrow(/outside the file/);
  }); // prettier-ignore

  it("refuses paths, twins and what is no archive", async () => {
    for (const name of ["../x.npy", "/x", "a/b.npy", "C:x", "a\\b", "a\0b", ""])
      await expect(writeZip([[name, text("1")]])).rejects.toThrow(/plain name/);
    const bytes = await writeZip([["abcd.npy", text("1")]]);
    const evil = Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("abcd", "../e"), "latin1");
    expect(() => openZip(evil, "a", 1e6)).toThrow(/plain name/);
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
