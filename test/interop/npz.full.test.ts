/** npz against damage of every kind, and against NumPy itself. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { parsePythonLiteral } from "../../src/interop/python-literal.ts";
import { readNpy, writeNpy, type NumpyArray } from "../../src/interop/npy.ts";
import { openNpz, writeNpz } from "../../src/interop/npz.ts";

/** Reads everything; only an InputError may stop it. @returns the number of arrays read */
async function readAll(bytes: Uint8Array): Promise<number> {
  let read = 0;
  try {
    const file = openNpz(bytes, "a.npz", 1e6);
    for (const name of file.names) {
      const { shape, data } = await file.read(name);
      expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
      read++;
    }
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).not.toContain("\n");
  }
  return read;
}

const arrays = fc
  .array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
  .chain((shape) => {
    const length = shape.reduce((a, b) => a * b, 1);
    const of = (T: new (n: number) => NumpyArray["data"], entry: fc.Arbitrary<number>) =>
      fc.array(entry, { minLength: length, maxLength: length }).map((xs) => {
        const data = new T(length);
        data.set(xs);
        return { shape, data };
      });
    return fc.oneof(
      of(Float64Array, fc.double()),
      of(Float32Array, fc.float()),
      of(Int8Array, fc.integer()),
      of(Uint8Array, fc.integer()),
      of(Int16Array, fc.integer()),
      of(Int32Array, fc.integer()),
    );
  }); // prettier-ignore
const files = fc.dictionary(fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/), arrays, { maxKeys: 4 });

describe("npz of unknown origin", () => {
  it("header texts of every kind: a header or one complaint, at once", () => {
    const words = ["{", "}", "(", ")", "[", "]", ",", ":", " ", "\n", "'", '"', "\\", "'descr'", "'fortran_order'", "'shape'", "'<f8'", "u'", "True", "None", "1", "12L", "99999999999999999", "-1", "1.5", "#", "\u00a0", "lambda"]; // prettier-ignore
    const texts = fc.oneof(
      fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join("")),
      fc
        .tuple(fc.constantFrom(...words), fc.constantFrom(...words), fc.nat(10_000))
        .map(([a, b, n]) => (a + b).repeat(n).slice(0, 10_000)),
      fc.string({ unit: "binary", maxLength: 60 }),
    );
    let read = 0;
    fc.assert(
      fc.property(texts, (text) => {
        try {
          parsePythonLiteral(text);
          read++;
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it("round trip", async () => {
    await fc.assert(
      fc.asyncProperty(files, async (content) => {
        const file = openNpz(await writeNpz(content), "a");
        expect([...file.names]).toEqual(Object.keys(content));
        for (const name of file.names) expect(await file.read(name)).toEqual(content[name]);
      }),
      { numRuns: 300 },
    );
  });

  it("damaged, cut, joined and random bytes: arrays or one complaint", async () => {
    const damage = fc.tuple(
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat()),
      fc.uint8Array({ maxLength: 40 }),
    );
    let survivors = 0;
    await fc.assert(
      fc.asyncProperty(files, damage, async (content, [changes, cut, tail]) => {
        const bytes = await writeNpz(content);
        const copy = Uint8Array.from([...bytes.subarray(0, cut === null ? undefined : cut % (bytes.length + 1)), ...tail]); // prettier-ignore
        for (const [at, value] of changes) if (copy.length > 0) copy[at % copy.length] = value;
        survivors += await readAll(copy);
      }),
      { numRuns: 10_000 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await readAll(bytes);
      }),
      { numRuns: 2000 },
    );
    expect(survivors).toBeGreaterThan(100);
  });

  it("damaged headers of single arrays", () => {
    fc.assert(
      fc.property(
        arrays,
        fc.array(fc.tuple(fc.nat(130), fc.nat(255)), { maxLength: 3 }),
        (array, changes) => {
          const bytes = writeNpy(array);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          try {
            const { shape, data } = readNpy(bytes, "a");
            expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
      { numRuns: 20_000 },
    );
  });
});

const python = (script: string, ...args: string[]) =>
  spawnSync("/usr/bin/python3", ["-c", script, ...args], { encoding: "utf8", timeout: 60_000, maxBuffer: 2 ** 26 }); // prettier-ignore
const present = python("import numpy; print('here')").stdout?.includes("here") === true;
const required = process.env["CI"] !== undefined && process.env["CI"] !== "";

describe.skipIf(!present && !required)("npz against NumPy", () => {
  const dir = mkdtempSync(join(tmpdir(), "equihard-npz-"));
  afterAll(() => rmSync(dir, { recursive: true }));

  it("is present", () => {
    expect(present).toBe(true);
  });

  it("reads what NumPy writes: every type and order, stored and deflated", async () => {
    const script = `
import sys, json, numpy as np
rng = np.random.default_rng(1)
a = {}
for t in ["f8", "f4", "f2", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "?"]:
    for shape in [(), (0,), (7,), (3, 4), (2, 3, 5)]:
        x = (rng.normal(size=shape) * 50).astype(t) if t[0] != "u" else rng.integers(0, 255, shape).astype(t) * np.array(257 ** (int(t[1]) // 2), t)
        k = (t if t != "?" else "b") + "_" + "x".join(map(str, shape))
        a[k + "_c"] = x
        a[k + "_f"] = np.asfortranarray(x)
        a["big/" + k] = np.asarray(x).astype(np.dtype(t).newbyteorder(">"))
np.savez(sys.argv[1] + "/stored.npz", **a)
np.savez_compressed(sys.argv[1] + "/packed.npz", **a)
print(json.dumps({k: [list(v.shape), [float(e) for e in v.ravel(order="C")]] for k, v in a.items()}))`;
    const run = python(script, dir);
    expect(run.stderr).toBe("");
    const expected = JSON.parse(run.stdout) as Record<string, [number[], number[]]>;
    for (const name of ["stored.npz", "packed.npz"]) {
      const file = openNpz(readFileSync(join(dir, name)), name);
      expect([...file.names].sort()).toEqual(Object.keys(expected).sort());
      for (const key of file.names) {
        const { shape, data } = await file.read(key);
        expect([key, shape, [...data]]).toEqual([key, ...expected[key]]);
      }
    }
  });

  it("reads every half-precision number", async () => {
    const script = `
import sys, json, numpy as np
x = np.arange(65536).astype("u2").view("f2")
np.savez(sys.argv[1] + "/half.npz", y=x, z=x.astype(">f2"))
print(json.dumps([str(e) for e in x.astype("f8")]))`;
    const run = python(script, dir);
    const expected = (JSON.parse(run.stdout) as string[]).map((text) => Number(text.replace("inf", "Infinity").replace("nan", "NaN"))); // prettier-ignore
    const file = openNpz(readFileSync(join(dir, "half.npz")), "half.npz");
    for (const name of ["y", "z"]) expect([...(await file.read(name)).data]).toEqual(expected);
  });

  it("reads the headers that NumPy reads, to the same numbers", async () => {
    const script = `
import sys, io, json, struct, zipfile, numpy as np
body = np.array([[1, -2, 3], [4, 5, -6]])
def header(descr="<f8", order="False", shape="(2, 3)", form="{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"):
    return form % (descr, order, shape)
headers = [(header(d), np.dtype(d)) for d in ["<i1", "|i1", "=i1", ">i1", "i1", "=f8", "|f8", "f8", ">f8", "<f4", "=f2", ">f2", ">i2", "=i4", "|i4", ">i8", "=i8"]]
f8 = np.dtype("<f8")
headers += [(h, f8) for h in [
    header(shape="(2,3)"), header(shape="(2, 3,)"), header(shape="( 2 ,3 , )"), header(order=" True"),
    header(form="{'descr':'%s','fortran_order':%s,'shape':%s}"),
    header(form='{"descr": "%s", "fortran_order": %s, "shape": %s}'),
    header(form="{'descr'  :  u'%s'  ,  'fortran_order'  :%s,\\n 'shape'\\t:%s  ,  }"),
    "{'shape': (2, 3), 'fortran_order': False, 'descr': '<f8'}",
    header(shape="(2L, 3L)"), header(shape="(2L,3L,)")]]
unread = []
with zipfile.ZipFile(sys.argv[1] + "/headers.npz", "w") as z:
    for i, (h, t) in enumerate(headers):
        for version, size in [(1, "<H"), (2, "<I"), (3, "<I")]:
            if "L" in h and version == 3: continue
            text = h.encode() + b" " * (-len(h) % 16) + b"\\n"
            raw = b"\\x93NUMPY" + bytes([version, 0]) + struct.pack(size, len(text)) + text + body.astype(t).tobytes()
            with z.open("a/%d/v%d.npy" % (i, version), "w", force_zip64=True) as f: f.write(raw)
loaded = np.load(sys.argv[1] + "/headers.npz")
print(json.dumps({k: [h, [float(e) for e in loaded[k].ravel()]] for k in loaded.files for h in [headers[int(k.split("/")[1])][0]]}))`;
    const run = python(script, dir);
    expect(run.stderr).not.toContain("Error");
    const expected = JSON.parse(run.stdout) as Record<string, [string, number[]]>;
    const file = openNpz(readFileSync(join(dir, "headers.npz")), "headers.npz");
    expect([...file.names].sort()).toEqual(Object.keys(expected).sort());
    expect(file.names.length).toBeGreaterThan(70);
    for (const name of file.names)
      expect([name, expected[name][0], [...(await file.read(name)).data]]).toEqual([name, ...expected[name]]);
  });

  it("reads small archives with every zip64 field that Python's zipfile can write", async () => {
    const script = `
import sys, zipfile, numpy as np
zipfile.ZIP64_LIMIT = 1
zipfile.ZIP_FILECOUNT_LIMIT = 0
a = {"labels": np.arange(6.0).reshape(2, 3), "deep/er": np.ones(3, "i1")}
np.savez(sys.argv[1] + "/zip64.npz", **a)
np.savez_compressed(sys.argv[1] + "/zip64-packed.npz", **a)
assert all(b"PK\\x06\\x06" in open(sys.argv[1] + n, "rb").read() for n in ["/zip64.npz", "/zip64-packed.npz"])`;
    expect(python(script, dir).stderr).toBe("");
    for (const name of ["zip64.npz", "zip64-packed.npz"]) {
      const bytes = readFileSync(join(dir, name));
      expect(bytes.length).toBeLessThan(3000);
      const file = openNpz(bytes, name);
      expect(file.names).toEqual(["labels", "deep/er"]);
      expect(await file.read("labels")).toEqual({ shape: [2, 3], data: Float64Array.of(0, 1, 2, 3, 4, 5) });
      expect(await file.read("deep/er")).toEqual({ shape: [3], data: Int8Array.of(1, 1, 1) });
      // damaged anywhere: arrays or one complaint
      for (let at = 0; at < bytes.length; at++)
        for (const change of [1, 0x80, 0xff]) {
          const copy = Uint8Array.from(bytes);
          copy[at] ^= change;
          await readAll(copy);
        }
    }
  });

  it("writes what NumPy reads", async () => {
    const content = {
      labels: { shape: [3, 4], data: Float64Array.from({ length: 12 }, (_, i) => i / 3) },
      single: { shape: [4], data: Float32Array.of(1.5, -2, 0.1, 3e38) },
      signs: { shape: [2, 500], data: new Int8Array(1000).map((_, i) => (i % 2 === 0 ? 1 : -1)) },
      words: { shape: [1, 3], data: Int32Array.of(-1, 2 ** 31 - 1, 0) },
      none: { shape: [0, 3], data: new Int16Array(0) },
    };
    const path = join(dir, "ours.npz");
    writeFileSync(path, await writeNpz(content));
    const script = `
import sys, json, zipfile, numpy as np
assert zipfile.ZipFile(sys.argv[1]).testzip() is None
z = np.load(sys.argv[1])
print(json.dumps({k: [list(z[k].shape), str(z[k].dtype), [float(e) for e in z[k].ravel()]] for k in z.files}))`;
    const run = python(script, path);
    expect(run.stderr).toBe("");
    const types = { labels: "float64", single: "float32", signs: "int8", words: "int32", none: "int16" };
    expect(JSON.parse(run.stdout)).toEqual(
      Object.fromEntries(
        Object.entries(content).map(([k, { shape, data }]) => [
          k,
          [shape, types[k as keyof typeof types], [...data]],
        ]),
      ),
    );
  });

  it("refuses what NumPy writes beyond that", async () => {
    const script = `
import sys, numpy as np
np.savez(sys.argv[1] + "/odd.npz", objects=np.array([None, 1], dtype=object), words=np.array(["a"]), pairs=np.zeros(2, [("a", "f8"), ("b", "i4")]), complex=np.zeros(1, "c16"), long=np.zeros(2, np.longdouble), date=np.zeros(1, "M8[s]"))`;
    expect(python(script, dir).stderr).toBe("");
    const file = openNpz(readFileSync(join(dir, "odd.npz")), "odd.npz");
    expect(file.names).toHaveLength(6);
    for (const name of file.names) await expect(file.read(name)).rejects.toThrow(InputError);
  });
});
