/** `sample` and `export` as a user runs them. */

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { lazy } from "../../src/base/lazy.ts";
import { families } from "../../src/family/registry.ts";
import { openNpz } from "../../src/interop/npz.ts";
import { verify } from "../../src/family/certify.ts";
import { croissantFaults } from "../dataset/croissant-shapes.ts";
import { hashOf } from "../dataset/made.ts";
import { inOneProcess } from "./program.ts";

const program = resolve(import.meta.dirname, "../../bin/equihard");
const root = mkdtempSync(join(tmpdir(), "equihard-export-"));
afterAll(() => rmSync(root, { recursive: true }));
let dir = root;
beforeEach(() => {
  dir = mkdtempSync(join(root, "t-"));
});

const run = (...args: string[]) =>
  spawnSync(process.execPath, [program, ...args], { cwd: dir, encoding: "utf8" });
const json = (...args: string[]) => JSON.parse(run(...args, "--json").stdout);
const read = (name: string): Buffer => readFileSync(join(dir, name));

describe("sample", () => {
  it("draws a graph with its degrees and label", () => {
    const { stdout } = run("sample", "gnn-degree-parity", "--n", "5", "--degrees", "1,2", "--count", "2");
    expect(stdout).toMatch(/\n\nlabels of the hard target, hidden \{"degrees":\[1,2\],"bit":0\}\n$/);
    const [first, second] = stdout.trimEnd().split("\n\n");
    expect(second).toMatch(/^example 1: y = [+-]1\n/);
    const lines = first.split("\n").slice(1, 6);
    for (const line of lines) {
      const [row, degree] = line.trim().split(/ {3}/);
      expect(row).toMatch(/^[■·]( [■·]){4}$/);
      expect(row.split("■").length - 1).toBe(Number(degree));
    }
    expect(first).toMatch(new RegExp(`degrees ${lines.map((line) => line.at(-1)).join(" ")}$`));
  });

  it("prints the first examples of the export, of every family", () => {
    const params: Record<string, string[]> = {
      "gnn-hidden-plane": ["--d", "4", "--k", "4"],
      "cnn-hidden-plane": ["--group", "cyclic:6", "--k", "4"],
      "frame-parity": ["--group", "cyclic:6", "--k", "2"],
      "gnn-degree-parity": ["--n", "5"],
    };
    const asked = families.map(({ id }) => ["sample", id, ...(params[id] ?? [])]);
    for (const { stdout } of inOneProcess(dir, asked)) expect(stdout).toMatch(/^example 0: y = /);
    const twins = asked.map((words) => [...words, "--count", "2", "--easy", "--json"]);
    for (const { stdout } of inOneProcess(dir, twins)) {
      const { examples, schema } = JSON.parse(stdout);
      expect(schema).toBe("equihard.sample/1");
      expect(examples).toHaveLength(2);
    }
    const { examples } = json("sample", "gnn-hidden-plane", "--d", "4", "--k", "4", "--count", "2");
    run("export", "gnn-hidden-plane", "--d", "4", "--k", "4", "--samples", "2", "--out", "d.npz");
    return openNpz(read("d.npz"), "d").read("X").then(({ data }) => {
      expect(examples.map((e: { X: number[][] }) => e.X).flat(2)).toEqual(Array.from(data));
    });
  }); // prettier-ignore

  it.each([
    [["sample"], /no family named/],
    [["sample", "gnn-degree-parity", "--n", "5", "--count", "0"], /--count: 0 is too small/],
    [["sample", "gnn-degree-parity", "--nn", "5"], /did you mean "--n"/],
  ])("%j is refused in a line", (args, message) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("export", () => {
  const data = ["export", "gnn-degree-parity", "--n", "6", "--splits", "train:50,valid:10,test:20"];

  it.each(["npz", "parquet"])("%s: the same bytes twice, with a manifest and a certificate that holds", async (format) => {
    const out = `d.${format}`;
    const first = json(...data, "--format", format, "--out", out);
    const names = readdirSync(dir).sort();
    const files = format === "npz" ? [out] : ["d-test.parquet", "d-train.parquet", "d-valid.parquet"];
    expect(names).toEqual([...files, "d.certificate.json", "d.manifest.json"].sort());
    expect(JSON.parse(read("d.manifest.json").toString())).toEqual(first);
    for (const { path, bytes, sha256 } of first.files) {
      expect(read(path)).toHaveLength(bytes);
      expect(hashOf(read(path))).toBe(sha256);
    }
    expect((await verify(JSON.parse(read("d.certificate.json").toString()))).valid).toBe(true);
    expect(first).toMatchObject({ license: "MIT", seed: 0, easy: false, certificate: "d.certificate.json" });
    expect(json(...data, "--format", format, "--out", out)).toEqual(first);
    const other = json(...data, "--format", format, "--out", out, "--seed", "1");
    expect(other.contentHash).not.toBe(first.contentHash);
  }); // prettier-ignore

  it("--layout hf: a folder whose metadata fit the files", () => {
    const args = [
      "export",
      "gnn-degree-parity",
      "--n",
      "6",
      "--splits",
      "train:50,valid:10,test:20",
      "--layout",
      "hf",
    ];
    const manifest = json(...args, "--out", "hub");
    const document = JSON.parse(read("hub/croissant.json").toString());
    expect(croissantFaults(document)).toEqual([]);
    for (const { contentUrl, sha256 } of document.distribution)
      expect(hashOf(read(join("hub", contentUrl)))).toBe(sha256);
    expect(manifest.files.map(({ split }: { split: string }) => split)).toEqual([
      "train",
      "validation",
      "test",
    ]);
    expect(json(...args, "--out", "hub")).toEqual(manifest);
    mkdirSync(join(dir, "other"));
    writeFileSync(join(dir, "other", "mine.txt"), "");
    expect(run(...args, "--out", "other").stderr).toMatch(/other holds other files: mine.txt/);
    expect(run(...data, "--out", "other/mine.txt/d.npz")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/not a directory \(ENOTDIR\)/),
    });
  });

  it("streams in constant memory, with progress", () => {
    const hook =
      "data:text/javascript,process.on('exit',()=>console.error('PEAK',process.resourceUsage().maxRSS))";
    const peak = (samples: string): number => {
      const args = [
        "--import",
        hook,
        program,
        "export",
        "gnn-degree-parity",
        "--n",
        "8",
        "--samples",
        samples,
      ];
      const { stderr, status } = spawnSync(
        process.execPath,
        [...args, "--out", "b.npz", "--progress", "json"],
        {
          cwd: dir,
          encoding: "utf8",
        },
      );
      expect(status).toBe(0);
      expect(stderr).toContain(`"examples":${samples}`);
      return Number(/PEAK (\d+)/.exec(stderr)?.[1]);
    };
    const few = peak("200000");
    expect(peak("2000000")).toBeLessThan(few + 60_000); // kB; the larger file has 115 MB more
  });

  it("a pipe gets the bytes of the file, and nothing is written beside it", () => {
    run(...data, "--out", "d.npz");
    const names = [...readdirSync(dir), "f", "g"].sort();
    const script = 'mkfifo f; cat f > g & "$0" "$@" --out f --quiet; wait; cmp d.npz g';
    const { status } = spawnSync("sh", ["-c", script, process.execPath, program, ...data], { cwd: dir });
    expect(status).toBe(0);
    expect(readdirSync(dir).sort()).toEqual(names);
  });

  it("leaves what was there, and nothing half-written, when it ends early", async () => {
    run(...data, "--out", "d.npz");
    const before = read("d.npz");
    const args = [program, "export", "gnn-degree-parity", "--n", "12", "--samples", "3000000", "--out", "d.npz", "--yes"];
    const child = spawn(process.execPath, args, { cwd: dir, stdio: "ignore" });
    const ended = new Promise<number | null>((done) => child.once("close", done));
    const begun = (): boolean => readdirSync(dir).some((name) => name.endsWith(".tmp"));
    while (!begun() && child.exitCode === null) await sleep(20);
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(read("d.npz").equals(before)).toBe(true);
    expect(readdirSync(dir).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  }); // prettier-ignore

  it("a kept student, as ONNX and as the file it was", () => {
    const family = ["gnn-degree-parity", "--n", "5"];
    run("train", ...family, "--steps", "5", "--student", "gin", "--layers", "3", "--weights", "w.safetensors", "--quiet");
    const again = json("export", ...family, "--format", "safetensors", "--from", "w.safetensors", "--out", "v.safetensors");
    expect(again).toMatchObject({ schema: "equihard.network/1", student: "gin", architecture: { layers: 3 } });
    expect(read("v.safetensors").equals(read("w.safetensors"))).toBe(true);
    expect(json("export", ...family, "--format", "onnx", "--from", "w.safetensors").file).toBe("gnn-degree-parity.onnx");
    const other = run("export", "gnn-hidden-plane", "--d", "4", "--k", "4", "--format", "onnx", "--from", "w.safetensors");
    expect(other.stderr).toMatch(/w.safetensors: a student of gnn-degree-parity; allowed: gnn-hidden-plane/);
    const larger = run("export", "gnn-degree-parity", "--n", "6", "--format", "onnx", "--from", "w.safetensors");
    expect(larger.stderr).toMatch(/weights of another architecture: n is 5; allowed: 6/);
  }); // prettier-ignore

  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [["--splits", "train:5", "--samples", "5"], /--samples: given beside --splits/],
    [["--splits", "dev:5"], /"dev" is no split/],
    [["--blind"], /--blind: there is no test split/],
    [
      ["--blind", "--splits", "test:5", "--degrees", "1,2"],
      /--blind: keeps degrees back, which the seed does not give again/,
    ],
    [["--graphs", "edges"], /--graphs: not read by --format npz/],
    [["--format", "csv"], /--format: "csv" is unknown; allowed: npz, parquet, onnx, safetensors/],
    [["--format", "npz", "--layout", "hf"], /not what --layout hf holds/],
    [["--layout", "tf"], /--layout: "tf" is unknown/],
    [["--width", "5"], /--width: not read by --format npz/],
    [["--format", "onnx", "--samples", "5"], /--samples: not read by --format onnx/],
    [["--format", "onnx", "--width", "3"], /3 units cannot hold the target/],
    [["--format", "onnx", "--easy"], /the teacher is the hard target/],
    [["--format", "onnx", "--student", "mlp"], /a mlp does not hold the target; gnn|allowed: gnn/],
    [["--format", "onnx", "--from", "absent"], /absent: no such file/],
    [["--samples", "1000000000"], /takes about .*; add --yes to do it/],
    [["--out", "nowhere/d.npz"], /nowhere\/d.npz cannot be written/],
  ];
  const place = join(root, "refused");
  const outcomes = lazy(() => {
    mkdirSync(place);
    return inOneProcess(
      place,
      refused.map(([more]) => ["export", "gnn-degree-parity", "--n", "6", ...more]),
    );
  });
  it.each(refused.map((each, at) => [...each, at] as const))("%j is refused in a line", (_, message, at) => {
    const { status, stderr } = outcomes()[at];
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("writes nothing where it refuses", () => {
    expect(outcomes()).toHaveLength(refused.length);
    expect(readdirSync(place)).toEqual([]);
  });
});
