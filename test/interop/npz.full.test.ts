/** npz against damage of every kind, and against NumPy itself. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
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
      { numRuns: 5000 },
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
  spawnSync("/usr/bin/python3", ["-c", script, ...args], { encoding: "utf8", timeout: 60_000 });
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
for t in ["f8", "f4", "i1", "u1", "i2", "i4", "i8", "?"]:
    for shape in [(), (0,), (7,), (3, 4), (2, 3, 5)]:
        x = (rng.normal(size=shape) * 50).astype(t) if t != "u1" else rng.integers(0, 255, shape).astype(t)
        k = (t if t != "?" else "b") + "_" + "x".join(map(str, shape))
        a[k + "_c"] = x
        a[k + "_f"] = np.asfortranarray(x)
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
np.savez(sys.argv[1] + "/odd.npz", big=np.arange(3, dtype=">f8"), half=np.zeros(2, "f2"), objects=np.array([None, 1], dtype=object), words=np.array(["a"]), pairs=np.zeros(2, [("a", "f8"), ("b", "i4")]), complex=np.zeros(1, "c16"))`;
    expect(python(script, dir).stderr).toBe("");
    const file = openNpz(readFileSync(join(dir, "odd.npz")), "odd.npz");
    expect(file.names).toHaveLength(6);
    for (const name of file.names) await expect(file.read(name)).rejects.toThrow(InputError);
  });
});
