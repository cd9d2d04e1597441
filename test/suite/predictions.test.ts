/** Files of predictions, as a submitter hands them in. */

import { expect, it } from "vitest";
import { parquetWriteBuffer } from "hyparquet-writer";
import { writeNpz } from "../../src/interop/npz.ts";
import { mostBytes, openPredictions } from "../../src/suite/predictions.ts";
import { suite } from "../../src/suite/suite.ts";

const values = Float32Array.of(1, -0.5, 2);
const parquet = (name: string, data: unknown[], type: "DOUBLE" | "STRING" | "BOOLEAN") =>
  new Uint8Array(parquetWriteBuffer({ columnData: [{ name, data, type }] }));

it("is npz or Parquet, by the suite's names", async () => {
  expect(new Set(suite.map(({ name }) => name)).size).toBe(suite.length);
  const [{ name }] = suite;
  const npz = await openPredictions(await writeNpz({ [name]: { shape: [3, 1], data: values } }), "p.npz", 3);
  expect(npz.names).toEqual([name]);
  expect(await npz.read(name)).toEqual(values);
  const table = await openPredictions(parquet(name, [1, -0.5, 2], "DOUBLE"), "p.parquet", 3);
  expect(table.names).toEqual([name]);
  expect(await table.read(name)).toEqual([1, -0.5, 2]);
  const signs = await openPredictions(parquet(name, [true, false], "BOOLEAN"), "p.parquet", 2);
  expect(await signs.read(name)).toEqual([1, 0]);
});

it.each<[string, number[], Float32Array | Float64Array, RegExp]>([
  ["what is no number", [3], Float32Array.of(1, NaN, 2), /prediction 1 is NaN; allowed: finite/],
  // its square is infinite, and with it every number of a grade
  ["too large a number", [2], Float64Array.of(0, 1e200), /prediction 1 is 1e\+200; allowed: finite/],
  ["a table", [2, 2], new Float32Array(4), /one prediction an example/],
])("refuses an array of %s", async (_, shape, data, complaint) => {
  const file = await openPredictions(await writeNpz({ y_pred: { shape, data } }), "p", 3);
  await expect(file.read("y_pred")).rejects.toThrow(complaint);
}); // prettier-ignore

it("refuses an array far beyond the predictions, whatever it is packed to", async () => {
  const bytes = await writeNpz({ y_pred: { shape: [3], data: values } });
  const record = Buffer.from(bytes).indexOf("PK\u0001\u0002");
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(record + 24, 2 ** 30, true); // as a zip bomb declares it
  const { read } = await openPredictions(bytes, "p", 3);
  await expect(read("y_pred")).rejects.toThrow(/1073741824 bytes unpacked; allowed: at most 67108/);
});

it("refuses a column of text, with holes, and of another length before it is unpacked", async () => {
  const read = async (data: unknown[], type: "DOUBLE" | "STRING", count = data.length) =>
    (await openPredictions(parquet("y_pred", data, type), "p", count)).read("y_pred");
  await expect(read(["1"], "STRING")).rejects.toThrow(/prediction 0 is no number/);
  await expect(read([1, null], "DOUBLE")).rejects.toThrow(/prediction 1 is missing/);
  await expect(read([1, 2], "DOUBLE", 3)).rejects.toThrow(/2 rows; allowed: 3, one a test example/);
});

it("says of other files what is read", async () => {
  const open = (text: string) => openPredictions(new TextEncoder().encode(text), "p", 3);
  await expect(open("PAR1 no more")).rejects.toThrow(/no Parquet file/);
  await expect(open("PK no more")).rejects.toThrow(/no zip archive/);
  await expect(open("y\n0.5")).rejects.toThrow(/p: is no file of predictions; allowed: npz or npy/);
  await expect(open("")).rejects.toThrow(/p: is empty; allowed: npz or npy/);
  expect(mostBytes(480_000)).toBeLessThan(2 ** 27);
});
