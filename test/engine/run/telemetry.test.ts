/** What onnxruntime-node writes down of its users by default is not written where nobody asks for it. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";

const bin = resolve(import.meta.dirname, "../../../bin/equihard");
const base = mkdtempSync(join(tmpdir(), "equihard-telemetry-"));
afterAll(() => rmSync(base, { recursive: true }));

/** Files that a short training leaves in a user's home and among temporary files; it keeps quiet by itself in CI. */
function leftBy(name: string, env: NodeJS.ProcessEnv): string[] {
  const HOME = mkdtempSync(join(base, name));
  const training = ["train", "gnn-degree-parity", "--n", "6", "--steps", "2", "--engine", "onnx", "--quiet"];
  const { status, stderr } = spawnSync(process.execPath, [bin, ...training], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME, TMPDIR: HOME, XDG_CACHE_HOME: join(HOME, "cache"), ...env },
  });
  expect([status, stderr]).toEqual([0, ""]);
  return readdirSync(HOME, { recursive: true, encoding: "utf8" });
}

it("a training leaves no file behind, unless the user asks the runtime to report", () => {
  expect(leftBy("silent", {})).toEqual([]);
  expect(leftBy("asked", { ORT_DISABLE_TELEMETRY: "0" }).join(" ")).toMatch(/onnxruntime/);
});
