/** Trainings on a graphics card: in software here, SwiftShader of Debian's chromium, with its Vulkan loader. */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { bin } from "../../cli/program.ts";

const manifest = process.env["VK_DRIVER_FILES"] ?? "/usr/lib/chromium/vk_swiftshader_icd.json";
const required = process.env["CI"] !== undefined && process.env["CI"] !== "";

const onCard = { VK_DRIVER_FILES: manifest, LD_LIBRARY_PATH: dirname(manifest) };
/** No card at all, whatever the machine has. */
const cardless = { VK_DRIVER_FILES: "/dev/null", LD_LIBRARY_PATH: dirname(manifest) };

function equihard(env: Readonly<Record<string, string>>, ...args: string[]) {
  return spawnSync(process.execPath, [bin, ...args], { encoding: "utf8", env: { ...process.env, ...env } });
}

interface Trained {
  readonly curve: readonly { readonly loss: number }[];
  readonly options: { readonly engine: string };
  readonly engine: { readonly engine: string; readonly adapter?: string };
}

const training =
  "train gnn-degree-parity --n 6 --width 16 --batch 32 --steps 30 --test-samples 200 --json --quiet";

function trained(engine: string): Trained {
  const { status, stdout, stderr } = equihard(onCard, ...training.split(" "), "--engine", engine);
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Trained;
}

describe.skipIf(!existsSync(manifest) && !required)("on a software adapter", () => {
  it("a training takes the course that it takes by ONNX and WebAssembly, its losses to 1e-5 over 30 steps", () => {
    const [onnx, wasm, webgpu] = ["onnx", "wasm", "webgpu"].map(trained);
    expect(onnx.curve).toHaveLength(31);
    for (const other of [wasm, webgpu]) {
      const apart = onnx.curve.map(({ loss }, step) => Math.abs(other.curve[step].loss / loss - 1));
      // measured: 1.4e-7 by either
      expect(Math.max(...apart)).toBeLessThan(1e-5);
    }
    expect(onnx.curve[30].loss).toBeLessThan(onnx.curve[0].loss / 2);
    const said = [onnx, wasm, webgpu].map(({ options, engine }) => [options.engine, engine.engine]);
    expect(said).toEqual([
      ["onnx", "onnxruntime"],
      ["wasm", "jax-js-wasm"],
      ["webgpu", "jax-js-webgpu"],
    ]);
    expect(webgpu.engine.adapter).toMatch(/swiftshader|llvmpipe/i);
  });

  it("doctor names it", () => {
    expect(equihard(onCard, "doctor").stdout).toMatch(/^webgpu \(.*\): .*(swiftshader|llvmpipe)/im);
  });

  it("a training that asks for a card where there is none says so in one line", () => {
    const { status, stderr } = equihard(cardless, ...training.split(" "), "--engine", "webgpu");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^equihard: webgpu: finds no graphics card; install its Vulkan driver, .*$/m);
  });
});
