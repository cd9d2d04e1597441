/** Data sets: streams, splits, files in memory, and what they say of themselves. */

import { parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { chunk, chunkRows, chunks } from "../../src/dataset/examples.ts";
import { about } from "../../src/dataset/manifest.ts";
import { writeDataNpz } from "../../src/dataset/npz.ts";
import { graphForms, writeDataParquet } from "../../src/dataset/parquet.ts";
import { graph6 } from "../../src/dataset/graph6.ts";
import { parseSplits } from "../../src/dataset/splits.ts";
import { openNpz } from "../../src/interop/npz.ts";
import { storedZip } from "../../src/interop/zip-write.ts";
import { memory, small, sourceOf } from "./made.ts";

const nothing = (): void => {};

async function npzOf(
  source: ReturnType<typeof sourceOf>,
  splits: { name: string; count: number }[],
  blind = false,
) {
  const file = memory();
  await writeDataNpz(
    source,
    splits,
    JSON.stringify(about(source, splits, blind)),
    blind,
    file.place,
    nothing,
  );
  return file.bytes();
}

describe("a data set", () => {
  it("of fewer examples is the beginning of a larger one, and its twin has the same inputs", () => {
    const source = sourceOf("gnn-hidden-plane", { n: 1, d: 300, k: 4 });
    const rows = chunkRows(source);
    const [first, second] = chunks(source, { name: "", count: rows + 3 });
    expect(second.samples.count).toBe(3);
    const [few] = chunks(source, { name: "", count: 5 });
    expect(few.samples.data).toEqual(first.samples.data.subarray(0, 5 * 300));
    expect(second.labels).toEqual(chunk(source, "", 1).labels.subarray(0, 3));
    const [twin] = chunks({ ...source, easy: true }, { name: "", count: 5 });
    expect(twin.samples.data).toEqual(few.samples.data);
    expect(twin.labels).not.toEqual(few.labels);
  });

  it("of a twin that lives elsewhere has examples from there", () => {
    const source = sourceOf("curve-parity", { n: 8 });
    // a point of the hard target's curve has all coordinates but two at 0 or 1, these two nearly so at times
    const atCorners = (easy: boolean): number =>
      Array.from(chunk({ ...source, easy }, "", 0).samples.data).filter((x) => x === 0 || x === 1).length;
    expect(atCorners(false)).toBeGreaterThanOrEqual(6 * chunkRows(source));
    expect(atCorners(true)).toBe(0);
  });

  it("has other examples in other splits", () => {
    const source = sourceOf("gnn-hidden-plane", { n: 1, d: 4, k: 4 });
    const [train, test] = ["train", "test"].map((name) => chunk(source, name, 0).samples.data[0]);
    expect(train).not.toBe(test);
  });

  it("takes splits as they are named, once each", () => {
    expect(parseSplits("test:5,train:10")).toEqual([
      { name: "train", count: 10 },
      { name: "test", count: 5 },
    ]);
    for (const bad of ["", "train", "train:0", "train:1e3", "train:5,train:6", "dev:5", "train:5:6", "train:99999999999"])
      expect(() => parseSplits(bad), bad).toThrow(/^--splits: .*allowed: some of train, valid, test/);
  }); // prettier-ignore
});

describe("as npz", () => {
  it.each(small)("%s %j: arrays are the inputs and the target's labels", async (id, params) => {
    const source = sourceOf(id, params);
    const splits = [{ name: "train", count: 7 }, { name: "test", count: 3 }]; // prettier-ignore
    const bytes = await npzOf(source, splits);
    expect(await npzOf(source, splits)).toEqual(bytes);
    const file = openNpz(bytes, "data.npz");
    const inputs = id === "gnn-degree-parity" ? "A" : "X";
    expect(file.names).toEqual([`train_${inputs}`, "train_y", `test_${inputs}`, "test_y", "meta"]);
    const { shape, data } = await file.read(`test_${inputs}`);
    expect(shape).toEqual([3, ...source.instance.law.shape]);
    const labels = source.instance.hard.label({
      count: 3,
      shape: shape.slice(1),
      data: data as Float32Array,
    });
    expect((await file.read("test_y")).data).toEqual(Float32Array.from(labels));
    const meta = JSON.parse(new TextDecoder().decode((await file.read("meta")).data as Uint8Array));
    expect(meta).toMatchObject({ schema: "equihard.dataset/1", family: { id }, seed: 0, easy: false });
  });

  it("keeps back what is hidden, where it is blind", async () => {
    const source = sourceOf("gnn-degree-parity", { n: 6, degrees: [1, 2], bit: 1 }, { seed: 5 });
    const bytes = await npzOf(source, [{ name: "train", count: 4 }, { name: "test", count: 4 }], true); // prettier-ignore
    const file = openNpz(bytes, "blind.npz");
    expect(file.names).toEqual(["train_A", "train_y", "test_A", "meta"]);
    const meta = JSON.parse(new TextDecoder().decode((await file.read("meta")).data as Uint8Array));
    expect(meta.seed).toBeNull();
    // printf 'equihard seed 5' | sha256sum
    expect(meta.commitment).toBe("b44dc6dd43462a97a4eb01282a537f0520db5e5039b7c17a21b146f0f3444cab");
    expect(meta.family.params).toEqual({ n: 6, edges: "undirected", p: 0.5 });
  });

  it("an archive whose members lack bytes, or get too many, is not finished", () => {
    const file = memory();
    const zip = storedZip(new Map([["a", 4]]), file.place);
    zip.append("a", new Uint8Array(3));
    expect(() => zip.finish()).toThrow("3 of 4 bytes");
    expect(() => zip.append("a", new Uint8Array(2))).toThrow("too many");
  });
});

describe("as Parquet", () => {
  it.each(graphForms)("graphs: %s", async (form) => {
    const source = sourceOf("gnn-degree-parity", { n: 6 });
    const file = memory();
    const options = { form, meta: "{}", labelled: true };
    await writeDataParquet(source, { name: "", count: 20 }, options, file.place, nothing);
    const rows = await parquetReadObjects({ file: file.bytes().buffer as ArrayBuffer });
    const { samples, labels } = chunk(source, "", 0);
    expect(rows).toHaveLength(20);
    rows.forEach((row, i) => {
      const a = samples.data.subarray(i * 36, (i + 1) * 36);
      expect(row["y"]).toBe(labels[i]);
      if (form === "graph6") expect(row["graph6"]).toBe(graph6(a, 6));
      if (form === "dense") expect(row["A"]).toEqual(Array.from(a));
      if (form !== "edges") return;
      const edges = Array.from(a.keys()).filter((at) => a[at] === 1);
      expect(row["source"]).toEqual(edges.map((at) => Math.floor(at / 6)));
      expect(row["target"]).toEqual(edges.map((at) => at % 6));
    });
  });

  it("numbers, in as many row groups as chunks, without labels where they are kept back", async () => {
    const source = sourceOf("gnn-hidden-plane", { n: 1, d: 300, k: 4 });
    const count = chunkRows(source) + 2;
    const file = memory();
    const options = { form: "dense", meta: "{}", labelled: false } as const;
    await writeDataParquet(source, { name: "test", count }, options, file.place, nothing);
    const bytes = file.bytes().buffer as ArrayBuffer;
    const rows = await parquetReadObjects({ file: bytes, rowStart: count - 1, rowEnd: count });
    expect(Object.keys(rows[0])).toEqual(["X"]);
    expect(rows[0]["X"]).toEqual(Array.from(chunk(source, "test", 1).samples.data.subarray(300, 600)));
  });
});
