/** What is exported, read by other programs: Parquet by DuckDB, npz by NumPy, ONNX held by its own checker. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, it } from "vitest";
import { chunk } from "../../src/dataset/examples.ts";
import { keptStudent, networkMetadata, teacherOf, type Held } from "../../src/dataset/network.ts";
import { writeDataNpz } from "../../src/dataset/npz.ts";
import { graphForms, writeDataParquet } from "../../src/dataset/parquet.ts";
import { sizeOf } from "../../src/distribution/samples.ts";
import { networkOnnx } from "../../src/interop/network-onnx.ts";
import { loadWeights, saveWeights } from "../../src/interop/weights.ts";
import { freshStudent, graphStudents, memory, small, sourceOf } from "./made.ts";

const dir = mkdtempSync(join(tmpdir(), "equihard-peers-"));
afterAll(() => rmSync(dir, { recursive: true }));
const count = 12;
const required = (process.env["CI"] ?? "") !== "";
const python = (script: string, ...args: string[]) =>
  spawnSync("/usr/bin/python3", ["-c", script, ...args], { cwd: dir, encoding: "utf8", timeout: 120_000 });
const has = (module: string): boolean => required || python(`import ${module}`).status === 0;
const asSaved = (data: ArrayLike<number>): number[] => Array.from(Float32Array.from(data));

/** What the plain functions give: the inputs, row-major, and the labels. */
function plain(source: ReturnType<typeof sourceOf>) {
  const { samples, labels } = chunk(source, "", 0);
  return {
    x: asSaved(samples.data.subarray(0, count * sizeOf(samples))),
    y: asSaved(labels.subarray(0, count)),
  };
}

describe("Parquet by DuckDB", () => {
  async function rowsOf(name: string, columns: string) {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const reader = await connection.runAndReadAll(`select ${columns} from '${join(dir, name)}'`);
    connection.closeSync();
    return reader.getRowObjectsJson();
  }
  async function written(source: ReturnType<typeof sourceOf>, form: (typeof graphForms)[number]) {
    const file = memory();
    const options = { form, meta: "{}", labelled: true };
    await writeDataParquet(source, { name: "", count }, options, file.place, () => {});
    writeFileSync(join(dir, "d.parquet"), file.bytes());
  }

  it.each(small)("%s %j", async (id, params) => {
    const source = sourceOf(id, params);
    const { x, y } = plain(source);
    await written(source, "dense");
    const column = id === "gnn-degree-parity" ? "A" : "X";
    const rows = await rowsOf("d.parquet", `${column} as x, y`);
    expect(rows.flatMap((row) => row["x"])).toEqual(x);
    expect(rows.map((row) => row["y"])).toEqual(y);
  });

  it("edge lists and graph6", async () => {
    const source = sourceOf("gnn-degree-parity", { n: 6 });
    const { x } = plain(source);
    await written(source, "edges");
    const rows = (await rowsOf("d.parquet", "source, target")) as Record<string, number[]>[];
    const dense = rows.flatMap(({ source: from, target: to }) => {
      const adjacency = Array.from({ length: 36 }, () => 0);
      from.forEach((node, i) => (adjacency[6 * node + to[i]] = 1));
      return adjacency;
    });
    expect(dense).toEqual(x);
    await written(source, "graph6");
    expect(await rowsOf("d.parquet", "min(length(graph6))::int as n")).toEqual([{ n: 4 }]); // 15 bits, 6 a character
  });
});

describe.skipIf(!has("numpy"))("npz and safetensors by NumPy (skipped without it)", () => {
  it.each(small)("npz: %s %j", async (id, params) => {
    const source = sourceOf(id, params);
    const file = memory();
    await writeDataNpz(source, [{ name: "", count }], "{}", false, file.place, () => {});
    writeFileSync(join(dir, "d.npz"), file.bytes());
    const script =
      "import json,numpy as np;d=np.load('d.npz');print(json.dumps([d['A' if 'A' in d else 'X'].astype(float).ravel().tolist(),d['y'].tolist()]))";
    const { stdout, stderr } = python(script);
    expect(stderr).toBe("");
    const { x, y } = plain(source);
    expect(JSON.parse(stdout)).toEqual([x, y]);
  });

  it("safetensors, read from the format's description", () => {
    const { trained } = teacherOf(sourceOf("gnn-hidden-plane", { n: 3, d: 5, k: 4 }), { width: 16 });
    writeFileSync(join(dir, "w.safetensors"), saveWeights(trained));
    const script = `
import json, struct, numpy as np
b = open("w.safetensors", "rb").read()
n = struct.unpack("<Q", b[:8])[0]
head = json.loads(b[8:8 + n])
head.pop("__metadata__")
read = {}
for name, t in head.items():
    a, e = t["data_offsets"]
    kind = {"F32": "<f4", "F64": "<f8"}[t["dtype"]]
    read[name] = np.frombuffer(b[8 + n + a:8 + n + e], kind).reshape(t["shape"]).astype(float).ravel().tolist()
print(json.dumps(read))`;
    const { stdout, stderr } = python(script);
    expect(stderr).toBe("");
    const weights = Object.entries(trained.weights).map(([name, data]) => [name, Array.from(data)]);
    expect(JSON.parse(stdout)).toEqual(Object.fromEntries(weights));
  });
});

describe.skipIf(!has("onnx"))("ONNX by onnx.checker (skipped without it)", () => {
  const check = `
import onnx, sys
for name in sys.argv[1:]:
    model = onnx.load(name)
    onnx.checker.check_model(model, full_check=True)
    print(model.ir_version, model.opset_import[0].version, sorted(p.key for p in model.metadata_props)[0])`;
  const asOnnx = (source: ReturnType<typeof sourceOf>, held: Held) => {
    const input = { name: "X", shape: source.instance.law.shape };
    return networkOnnx(held.network, held.trained, input, networkMetadata(source, held));
  };

  it.each(small)("a teacher of %s %j", async (id, params) => {
    const source = sourceOf(id, params);
    const held = teacherOf(source, id.endsWith("parity") || id.startsWith("inv") ? {} : { width: 16 });
    writeFileSync(join(dir, "t.onnx"), await asOnnx(source, held));
    const { stdout, stderr } = python(check, "t.onnx");
    expect(stdout, stderr).toBe("8 17 equihard.architecture\n");
  });

  it("every kept student that becomes a graph", async () => {
    const files = graphStudents.map((_, i) => `s${i}.onnx`);
    for (const [i, [id, params, student]] of graphStudents.entries()) {
      const source = sourceOf(id, params);
      const held = keptStudent(source, loadWeights(saveWeights(freshStudent(source, student)), "kept"));
      writeFileSync(join(dir, files[i]), await asOnnx(source, held));
    }
    const { stdout, stderr } = python(check, ...files);
    expect(stdout, stderr).toBe("8 17 equihard.architecture\n".repeat(files.length));
  });

  it("refuses a model without its end, and one that computes from nothing (negative control)", async () => {
    const source = sourceOf("gnn-hidden-plane", { n: 3, d: 5, k: 4 });
    const held = teacherOf(source, { width: 16 });
    const bytes = await asOnnx(source, held);
    writeFileSync(join(dir, "cut.onnx"), bytes.subarray(0, bytes.length - 40));
    expect(python(check, "cut.onnx").status).not.toBe(0);
    const loosened = `
import onnx
m = onnx.load("whole.onnx")
m.graph.node[0].input[0] = "nowhere"
onnx.save(m, "loose.onnx")`;
    writeFileSync(join(dir, "whole.onnx"), bytes);
    expect(python(loosened).stderr).toBe("");
    expect(python(check, "loose.onnx").status).not.toBe(0);
  });
});
