/** Weights from one process to the next: `train --weights`, `train --init`. */

import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const bin = resolve(import.meta.dirname, "../../bin/equihard");
const dir = mkdtempSync(join(tmpdir(), "equihard-weights-"));
const at = (name: string): string => join(dir, name);
afterAll(() => rmSync(dir, { recursive: true }));

const base = [
  "train",
  "gnn-degree-parity",
  "--n",
  "6",
  "--width",
  "8",
  "--batch",
  "32",
  "--test-samples",
  "300",
];
const train = (...args: string[]) =>
  spawnSync(process.execPath, [bin, ...base, ...args], { encoding: "utf8", cwd: dir });
function trained(...args: string[]): { final: { loss: number }; options: { init: string } } {
  const { status, stdout, stderr } = train(...args, "--json", "--quiet");
  expect([status, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as ReturnType<typeof trained>;
}

describe("train --weights, --init", () => {
  it("keeps the student: another process starts where it ended, and says from what", () => {
    const { final } = trained("--steps", "100", "--weights", "w.safetensors");
    const again = trained("--steps", "0", "--init", "w.safetensors");
    expect(again.final).toEqual(final);
    const sha = createHash("sha256")
      .update(readFileSync(at("w.safetensors")))
      .digest("hex");
    expect(again.options.init).toBe(`sha256:${sha}`);
    expect(trained("--steps", "0").final.loss).not.toBe(final.loss);
    expect(trained("--steps", "0", "--init", "w.safetensors", "--perturb", "0.1").final.loss).not.toBe(
      final.loss,
    );
  });

  it("takes up what there is, in one line where it cannot", () => {
    trained("--steps", "0", "--weights", "k.safetensors");
    const kept = readFileSync(at("k.safetensors"));
    writeFileSync(at("cut.safetensors"), kept.subarray(0, kept.length - 1));
    writeFileSync(at("foreign.safetensors"), Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]));
    const cases: [string[], RegExp][] = [
      [
        ["--init", "k.safetensors", "--width", "16"],
        /k\.safetensors: weights of another architecture: width is 8/,
      ],
      [["--init", "k.safetensors", "--student", "gin"], /another architecture: network is gnn; allowed: gin/],
      [["--init", "cut.safetensors"], /cut\.safetensors: \d+ bytes of entries where its tensors have/],
      [["--init", "foreign.safetensors"], /foreign\.safetensors: metadata: schema: missing/],
      [["--init", "teachr"], /--init: there is no file teachr; allowed: he, teacher, or a file of weights/],
      [["--init", "."], /\.: cannot be read/],
      [
        ["--init", "k.safetensors", "--weights", "k.safetensors"],
        /--weights: k\.safetensors is the input file/,
      ],
      [["--weights", "o.json", "--out", "./o.json"], /--weights: o\.json is the file of --out/],
      [["--weights", "nowhere/w"], /--weights: nowhere\/w cannot be written/],
      [["--perturb", "0.1"], /perturb: not read with fresh weights/],
    ];
    const before = readdirSync(dir).sort();
    for (const [args, complaint] of cases) {
      const { status, stdout, stderr } = train("--steps", "0", ...args);
      expect([args, status, stdout]).toEqual([args, 2, ""]);
      expect(stderr).toMatch(complaint);
      expect(stderr).toMatch(/^equihard: [^\n]*\n$/);
    }
    expect(readdirSync(dir).sort()).toEqual(before);
    expect(readFileSync(at("k.safetensors"))).toEqual(kept);
  });

  it("keeps nothing of a training that diverged, and says so", () => {
    const { status, stderr } = train(
      "--steps",
      "50",
      "--optimizer",
      "sgd",
      "--lr",
      "100",
      "--weights",
      "d.safetensors",
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(/^equihard: the training diverged: d\.safetensors is not written$/m);
    expect(existsSync(at("d.safetensors"))).toBe(false);
  });
});
