/** 10,000 damaged Parquet files: columns or one complaint, at once, and in little memory. */

import { expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.ts";
import { keyFor, stream } from "../../../src/base/random.ts";
import { openParquet } from "../../../src/interop/parquet/read.ts";
import { damaged } from "../../dataset/damage.ts";
import { processorTime } from "../../processor-time.ts";
import { parquetFile } from "./files.ts";

it("10,000 damaged Parquet files", async () => {
  const draws = stream(keyFor("damaged files", "parquet"));
  const whole = [parquetFile(6, "UNCOMPRESSED"), parquetFile(12, "SNAPPY"), parquetFile(60, "SNAPPY")];
  let [read, refused, slowest] = [0, 0, 0];
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 10_000; i++) {
    const bytes = damaged(whole[draws.below(whole.length)].bytes, draws);
    const begun = processorTime();
    try {
      const { names, rows, read: column } = await openParquet(bytes, "a.parquet");
      for (const name of [names[draws.below(names.length)], names[draws.below(names.length)]])
        expect(await column(name)).toHaveLength(rows);
      read++;
    } catch (error) {
      expect(error, String(error)).toBeInstanceOf(InputError);
      expect((error as InputError).message).toMatch(/^a\.parquet: [^\n]{1,300}$/);
      refused++;
    }
    slowest = Math.max(slowest, processorTime() - begun);
  }
  const grown = process.memoryUsage().rss - before;
  console.error(
    `Parquet: ${read} read, ${refused} refused, ${slowest.toFixed(0)} ms, ${grown >> 20} MiB more`,
  );
  expect(read).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
  expect(slowest).toBeLessThan(5000);
  expect(grown).toBeLessThan(512 * 2 ** 20);
});
