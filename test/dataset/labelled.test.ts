/** Labelled examples come out of every format as they went in; damaged and hostile files are one line. */

import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { digraph6, graph6, parseGraph6 } from "../../src/dataset/graph6.ts";
import { labelledIn, type LabelledData } from "../../src/dataset/labelled.ts";
import { writeNpz } from "../../src/interop/npz.ts";
import { ParquetWriter, ByteWriter } from "hyparquet-writer";

const COUNT = 60;
const labels = Float64Array.from({ length: COUNT }, (_, i) => (i % 7) - 2);
const numbers = Float64Array.from({ length: COUNT * 6 }, (_, i) => Math.sin(i));
const graphs = Uint8Array.from({ length: COUNT * 16 }, (_, at) => {
  const [i, j] = [Math.floor(at / 4) % 4, at % 4];
  return i !== j && (Math.floor(at / 16) * 5 + Math.min(i, j) * 3 + Math.max(i, j)) % 3 === 0 ? 1 : 0;
});
const graphAt = (row: number): Uint8Array => graphs.subarray(row * 16, (row + 1) * 16);
const text = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.join("\n"));
const read = (bytes: Uint8Array, label?: string): Promise<LabelledData> =>
  labelledIn(bytes, "data", { label, most: 1000, seed: 0 });
const rows = Array.from({ length: COUNT }, (_, i) => i);

function parquet(
  columns: { name: string; data: unknown[] | Float64Array; type?: "DOUBLE" | "STRING" }[],
): Uint8Array {
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map(({ name, type }) =>
        type === "STRING"
          ? ({ name, type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" } as const)
          : ({ name, type: "DOUBLE", repetition_type: "REQUIRED" } as const),
      ),
    ],
  });
  void file.write({ columnData: columns.map(({ name, data }) => ({ name, data })) });
  void file.finish();
  return writer.getBytes();
}

describe("labelled examples", () => {
  it("as npz: numbers of any shape, graphs, and a train split", async () => {
    const y = { shape: [COUNT], data: labels };
    const given = await read(await writeNpz({ X: { shape: [COUNT, 3, 2], data: numbers }, y }));
    expect(given).toMatchObject({ kind: "vectors", shape: [3, 2], count: COUNT, total: COUNT, label: "y" });
    expect([given.inputs, given.labels]).toEqual([numbers, labels]);
    const dense = await read(await writeNpz({ train_A: { shape: [COUNT, 4, 4], data: graphs }, train_y: y }));
    expect(dense).toMatchObject({ kind: "graphs", shape: [4, 4], padded: 0 });
    expect(dense.inputs).toEqual(Float64Array.from(graphs));
  });

  it("as a table: the label last, or by name wherever it stands", async () => {
    const line = (i: number): string => `${labels[i]},${numbers[i]},${numbers[i + 1]}`;
    const table = ["target,a,b", ...rows.map(line)];
    expect((await read(text(table), "target")).labels).toEqual(labels);
    expect((await read(text(table))).label).toBe("b");
    expect((await read(text(table.map((l) => l.replaceAll(",", ";"))), "target")).inputs[1]).toBe(numbers[1]);
  });

  it("as graph6 lines and as edge lists", async () => {
    const expected = Float64Array.from(graphs);
    const lines = rows.map((i) => `${graph6(graphAt(i), 4)} ${labels[i]}`);
    for (const given of [lines, ["graph6,y", ...lines.map((l) => l.replace(" ", ","))]]) {
      const found = await read(text(given));
      expect([found.inputs, found.labels]).toEqual([expected, labels]);
    }
    const edges = rows.map((i) => {
      const ends = Array.from(graphAt(i), (bit, at) => [bit, Math.floor(at / 4), at % 4]);
      return JSON.stringify({
        n: 4,
        edges: ends.flatMap(([bit, a, b]) => (bit === 1 ? [[a, b]] : [])),
        y: labels[i],
      });
    });
    expect((await read(text(edges))).inputs).toEqual(expected);
    const smaller = await read(text([...lines.slice(1), "A_ 3"]));
    expect([smaller.padded, smaller.shape]).toEqual([1, [4, 4]]);
  });

  it("as Parquet: columns of numbers, and graph6 text", async () => {
    const columns = [0, 1].map((j) => ({ name: `x${j}`, data: numbers.slice(j * COUNT, (j + 1) * COUNT) }));
    const given = await read(parquet([...columns, { name: "y", data: labels }]));
    expect([given.shape, given.inputs[1], given.inputs[2]]).toEqual([[2], numbers[COUNT], numbers[1]]);
    const texts = rows.map((i) => graph6(graphAt(i), 4));
    const drawn = await read(
      parquet([
        { name: "graph6", data: texts, type: "STRING" },
        { name: "y", data: labels },
      ]),
    );
    expect(drawn.inputs).toEqual(Float64Array.from(graphs));
  });

  it("of more than are wanted so many are drawn, the same for the same seed", async () => {
    const bytes = await writeNpz({
      X: { shape: [COUNT, 6], data: numbers },
      y: { shape: [COUNT], data: labels },
    });
    const drawn = (seed: number) => labelledIn(bytes, "data", { most: 45, seed });
    expect(await drawn(1)).toMatchObject({ count: 45, total: COUNT });
    expect((await drawn(1)).inputs).toEqual((await drawn(1)).inputs);
    expect((await drawn(1)).inputs).not.toEqual((await drawn(2)).inputs);
  });

  it("graph6 is read as it is written, directed and long ones too", () => {
    const loops = Uint8Array.of(1, 0, 1, 0, 0, 1, 0, 1, 0);
    expect(parseGraph6(digraph6(loops, 3), "").adjacency).toEqual(loops);
    const long = new Uint8Array(70 * 70);
    long[1] = long[70] = 1;
    expect(parseGraph6(graph6(long, 70), "")).toEqual({ n: 70, adjacency: long });
  });
});

describe("what is no set of labelled examples is refused in one line", () => {
  const y = { shape: [COUNT], data: labels };
  const X = { shape: [COUNT, 6], data: numbers };
  const cases: Readonly<Record<string, () => Uint8Array | Promise<Uint8Array>>> = {
    "no such label": () => writeNpz({ X, z: y }),
    "no inputs": () => writeNpz({ y }),
    "other number of labels": () => writeNpz({ X, y: { shape: [3], data: labels.slice(0, 3) } }),
    "too few": () =>
      writeNpz({
        X: { shape: [3, 6], data: numbers.slice(0, 18) },
        y: { shape: [3], data: labels.slice(0, 3) },
      }),
    "all labels alike": () => writeNpz({ X, y: { shape: [COUNT], data: new Float64Array(COUNT) } }),
    "a label NaN": () =>
      writeNpz({ X, y: { shape: [COUNT], data: labels.map((v, i) => (i === 5 ? NaN : v)) } }),
    "an entry infinite": () =>
      writeNpz({ X: { ...X, data: numbers.map((v, i) => (i === 50 ? Infinity : v)) }, y }),
    "graphs of twos": () => writeNpz({ A: { shape: [COUNT, 4, 4], data: graphs.map((v) => 2 * v) }, y }),
    "cut npz": async () => (await writeNpz({ X, y })).subarray(0, 900),
    "cut Parquet": () =>
      parquet([
        { name: "x", data: labels },
        { name: "y", data: labels },
      ]).subarray(0, 300),
    "a ragged table": () => text(rows.map((i) => (i === 9 ? "1,2,3" : "1,2"))),
    words: () => text(rows.map(() => "some words and more of them")),
    nothing: () => new Uint8Array(0),
    zeros: () => new Uint8Array(5000),
    "damaged graph6": () => text(rows.map((i) => (i === 9 ? "D?{?? 1" : `${graph6(graphAt(i), 4)} ${i}`))),
    "a giant graph": () => text(rows.map((i) => `~~??????? ${i}`)),
    "an edge to nowhere": () => text(rows.map((i) => `{"n":3,"edges":[[0,${i === 7 ? 3 : 1}]],"y":${i}}`)),
    "half a JSON line": () => text(rows.map((i) => `{"n":3,"edges":[[0,1]],"y":${i}${i === 7 ? "" : "}"}`)),
  };
  it.each(Object.keys(cases))("%s", async (name) => {
    const bytes = await cases[name]();
    const failure = await read(bytes).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InputError);
    expect((failure as Error).message).not.toContain("\n");
    expect((failure as Error).message.length).toBeLessThan(300);
  });
});
