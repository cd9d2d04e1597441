/** Croissant metadata fit the specification's shapes and the files that they describe. */

import { parquetReadObjects } from "hyparquet";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { croissant } from "../../src/dataset/hub/croissant.ts";
import { readme } from "../../src/dataset/hub/readme.ts";
import { croissantTasks } from "../../src/dataset/hub/tasks.ts";
import { about, contentHash, type Manifest } from "../../src/dataset/manifest.ts";
import { graphForms, writeDataParquet, type GraphForm } from "../../src/dataset/parquet.ts";
import { croissantFaults, taskFaults } from "./croissant-shapes.ts";
import { hashOf, memory, sourceOf } from "./made.ts";

async function folder(id: string, params: object, form: GraphForm) {
  const source = sourceOf(id, params);
  const splits = [{ name: "train", count: 6 }, { name: "test", count: 2 }]; // prettier-ignore
  const contents = await Promise.all(
    splits.map(async (split) => {
      const file = memory();
      await writeDataParquet(source, split, { form, meta: "{}", labelled: true }, file.place, () => {});
      return file.bytes();
    }),
  );
  const files = splits.map(({ name, count }, i) => ({
    path: `data/${name}.parquet`,
    split: name,
    examples: count,
    bytes: contents[i].length,
    sha256: hashOf(contents[i]),
  }));
  const manifest: Manifest = {
    ...about(source, splits, false),
    format: "parquet",
    files,
    contentHash: contentHash(files),
    certificate: null,
  };
  return { source, manifest, contents };
}

const cases = [
  ...graphForms.map((form) => ["gnn-degree-parity", { n: 5 }, form] as const),
  ["gnn-hidden-plane", { n: 3, d: 4, k: 4 }, "dense"] as const,
];

describe("croissant.json", () => {
  it.each(cases)("%s %j %s: fits its shapes, and its fields are the columns", async (id, params, form) => {
    const { source, manifest, contents } = await folder(id, params, form);
    const document = JSON.parse(JSON.stringify(croissant(source.family, manifest, form)));
    expect(croissantFaults(document)).toEqual([]);
    const rows = await parquetReadObjects({ file: contents[0].buffer as ArrayBuffer });
    const set = document.recordSet.find((s: { "@id": string }) => s["@id"] === "train");
    expect(set.field.map((f: { name: string }) => f.name)).toEqual(Object.keys(rows[0]));
    for (const { name, isArray, arrayShape } of set.field) {
      expect(Array.isArray(rows[0][name])).toBe(isArray === true);
      const sizes = isArray === true ? arrayShape.split(",").map(Number) : [];
      if (isArray === true && sizes[0] !== -1)
        expect(rows[0][name]).toHaveLength(sizes.reduce((a: number, b: number) => a * b, 1));
    }
    const card = readme(source.family, manifest, form);
    const { configs, license } = parse(card.split("---\n")[1]);
    expect(license).toBe("mit");
    expect(configs[0].data_files).toEqual([
      { split: "train", path: "data/train.parquet" },
      { split: "test", path: "data/test.parquet" },
    ]);
  });

  it("without any one of its parts does not fit (negative control)", async () => {
    const { source, manifest } = await folder("gnn-hidden-plane", { n: 3, d: 4, k: 4 }, "dense");
    const whole = JSON.stringify(croissant(source.family, manifest, "dense"));
    for (const name of Object.keys(JSON.parse(whole)).filter((n) => !["isLiveDataset", "keywords", "rai:dataCollectionType"].includes(n))) {
      const { [name]: _, ...rest } = JSON.parse(whole);
      if (name !== "@context") expect(croissantFaults(rest), name).not.toEqual([]);
    }
    const wrong = (from: RegExp | string, to: string) => croissantFaults(JSON.parse(whole.replace(from, to)));
    for (const [from, to] of [
      [/"sha256":"[0-9a-f]{2}/, '"sha256":"xy'], ['"isArray":true', '"isArray":false'], ['"arrayShape":"3,4"', '"arrayShape":"3x4"'],
      ['"column":"y"', '"row":"y"'], ['"@id":"train/y"', '"@id":"train/X"'], ["cr:TrainingSplit", "cr:Train"],
      ["croissant/1.1", "croissant/1.0"], ['"fileObject":{"@id":"train.parquet"}', '"fileObject":{"@id":"x"}'], ["sc:Float", "sc:Number"],
    ] as const) expect(wrong(from, to), String(from)).not.toEqual([]);
  }); // prettier-ignore
});

describe("croissant-tasks.json", () => {
  it("poses a problem: a data set in, predictions out, and how they are graded", async () => {
    const { source, manifest } = await folder("gnn-degree-parity", { n: 5 }, "dense");
    const whole = JSON.stringify(croissantTasks(source.family, manifest));
    expect(taskFaults(JSON.parse(whole))).toEqual([]);
    const wrong = (from: string, to: string) => taskFaults(JSON.parse(whole.replace(from, to)));
    for (const [from, to] of [
      ['"croissant:TaskProblem"', '["croissant:Task","croissant:TaskProblem"]'], ["OutputSpec", "Output"], ["EvaluationSpec", "Evaluation"],
      ["RecordSet", "Records"], ['"Dataset"', '"Data"'], ["croissant:output", "croissant:out"], ["croissant:evaluation", "croissant:grading"],
    ] as const) expect(wrong(from, to), from).toHaveLength(1);
  }); // prettier-ignore
});
