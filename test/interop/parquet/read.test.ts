/** Parquet of unknown origin: every kind of column as it was written, and footers that contradict themselves. */

import { parquetMetadata } from "hyparquet";
import { parquetWriteBuffer, type ColumnSource } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.ts";
import { chunksOf } from "../../../src/interop/parquet/footer.ts";
import { parquetFile, readParquet } from "./files.ts";

const codecs = ["UNCOMPRESSED", "SNAPPY"] as const;

describe("a Parquet file", () => {
  it.each(codecs)("%s: every kind of column comes back", async (codec) => {
    for (const rows of [1, 2, 60]) {
      const { bytes, columns } = parquetFile(rows, codec);
      expect(await readParquet(bytes)).toEqual(columns);
    }
  });

  it("cut, or of zeros, is one complaint", async () => {
    const { bytes } = parquetFile(20, "SNAPPY");
    for (const damaged of [bytes.subarray(0, 300), bytes.subarray(9), new Uint8Array(500), new Uint8Array(3)])
      await expect(readParquet(damaged)).rejects.toThrow(InputError);
  });

  it("is read where it lies in a larger memory, as small files do that Node reads", async () => {
    const { bytes, columns } = parquetFile(2, "SNAPPY");
    const pooled = Buffer.from(bytes);
    expect(pooled.buffer.byteLength).toBeGreaterThan(pooled.length);
    expect(await readParquet(pooled)).toEqual(columns);
  });

  it("with two columns of one name, dates, or an encrypted footer is refused", async () => {
    const [y, dates] = [[1, 2], [new Date(0), new Date(1)]]; // prettier-ignore
    const write = (...columnData: ColumnSource[]) => new Uint8Array(parquetWriteBuffer({ columnData }));
    const twice = write({ name: "y", data: y, type: "DOUBLE" }, { name: "y", data: y, type: "INT32" });
    await expect(readParquet(twice)).rejects.toThrow(/two columns are named "y"/);
    const dated = write({ name: "y", data: dates, type: "TIMESTAMP" });
    await expect(readParquet(dated)).rejects.toThrow(/neither numbers nor text/);
    const encrypted = new TextEncoder().encode("PARE and what nobody reads");
    await expect(readParquet(encrypted)).rejects.toThrow(/an encrypted footer/);
  });

  const { bytes } = parquetFile(20, "SNAPPY");
  const footer = () => parquetMetadata(bytes.slice().buffer);
  type Footer = ReturnType<typeof footer>;
  const column = (f: Footer) => f.row_groups[0].columns[0].meta_data ?? expect.fail();

  it.each<[string, (f: Footer) => void, RegExp]>([
    ["nothing", () => {}, /^$/],
    ["rows that no group has", (f) => (f.num_rows = 10_000_000n), /row groups of other rows/],
    ["a group of fewer rows than none", (f) => (f.row_groups[0].num_rows = -9n), /another length|negative/],
    ["a group without a column", (f) => void f.row_groups[0].columns.pop(), /other columns/],
    ["a column outside the file", (f) => (column(f).data_page_offset = 1n << 40n), /outside the file/],
    ["a column of all bytes", (f) => (column(f).total_compressed_size = BigInt(bytes.length - 4)), /share bytes/],
    ["a column of another length", (f) => (column(f).num_values = 1n << 31n), /another length/],
    ["a list of thousands of millions", (f) => ((f.row_groups[0].columns[6].meta_data ?? expect.fail()).num_values = 1n << 31n), /more values than/],
    ["a column of another type", (f) => (column(f).type = "BYTE_ARRAY"), /another name or type/],
    ["groups without number", (f) => (f.row_groups = Array.from({ length: 2 ** 19 }, () => f.row_groups[0])), /too many row groups/],
  ])("whose footer declares %s is refused", (_, change, complaint) => {
    const changed = footer();
    change(changed);
    let said = "";
    try {
      chunksOf(changed, bytes.length);
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said).toMatch(complaint);
  }); // prettier-ignore
});
