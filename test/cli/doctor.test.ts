/** The installed program with optional packages there, absent and broken: what is used, and what is said. */

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const base = mkdtempSync(join(tmpdir(), "equihard-doctor-"));
afterAll(() => rmSync(base, { recursive: true })); // a copy of ONNX Runtime among it
spawnSync(process.execPath, [join(root, "bin/equihard"), "--version"]); // builds what is stale

const optional = [
  "onnxruntime-node",
  "webgpu",
  "highs",
  "@observablehq/plot",
  "linkedom",
  "@duckdb/node-api",
];

/** A copy of the built program with the packages it needs, and of the optional ones those named. */
function installed(name: string, packages: readonly string[]): string {
  const dir = join(base, name);
  for (const part of ["bin", "dist"]) cpSync(join(root, part), join(dir, part), { recursive: true });
  cpSync(join(root, "package.json"), join(dir, "package.json"));
  const modules = readdirSync(join(root, "node_modules")).flatMap((m) =>
    m.startsWith("@") ? readdirSync(join(root, "node_modules", m)).map((part) => `${m}/${part}`) : [m],
  );
  for (const module of modules.filter((m) => !optional.includes(m) || packages.includes(m))) {
    mkdirSync(dirname(join(dir, "node_modules", module)), { recursive: true });
    symlinkSync(join(root, "node_modules", module), join(dir, "node_modules", module));
  }
  return dir;
}

/** The program without onnxruntime-node, and with one whose native library is none. */
const whole = installed("whole", optional);
const bare = installed("bare", []);
const broken = installed("broken", ["highs", "linkedom"]);
const runtime = join(broken, "node_modules/onnxruntime-node");
cpSync(join(root, "node_modules/onnxruntime-node"), runtime, {
  recursive: true,
  filter: (source) => !source.endsWith("libonnxruntime.so.1"),
});
const binding = join(runtime, `bin/napi-v6/${process.platform}/${process.arch}/onnxruntime_binding.node`);
writeFileSync(binding, "this is no library");

function run(dir: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: dir, encoding: "utf8" });
  return { status, stdout, stderr };
}
const equihard = (dir: string, ...args: string[]) => run(dir, "bin/equihard", ...args);

interface Doctor {
  readonly engine: { readonly engine: string };
  readonly components: readonly { readonly name: string; readonly problem: string | null }[];
}
function doctor(dir: string): Doctor {
  const { status, stdout } = equihard(dir, "doctor", "--json");
  expect(status).toBe(0);
  return JSON.parse(stdout) as Doctor;
}
const problems = (dir: string) => Object.fromEntries(doctor(dir).components.map((c) => [c.name, c.problem]));

describe("doctor", () => {
  it("says what is in use, and to add nothing where nothing is missing", () => {
    expect(doctor(whole).engine.engine).toBe("onnxruntime");
    const { webgpu, ...others } = problems(whole);
    expect(Object.values(others)).toEqual(optional.slice(1).map(() => null));
    if (webgpu !== null) expect(webgpu).toMatch(/^finds no graphics card; install its Vulkan driver/);
    const { stdout } = equihard(whole, "doctor");
    expect(stdout).toMatch(/^onnxruntime-node \(.*\): in use$/m);
    expect(stdout).not.toMatch(/npm install/);
  });

  it("says of each part that is not there how to add it", () => {
    expect(doctor(bare).engine.engine).toBe("jax-js-wasm");
    for (const [name, problem] of Object.entries(problems(bare)))
      expect(problem).toMatch(new RegExp(`^is not installed; add it with: npm install ${name}@[0-9.]+`));
  });

  it("says of a library that is there and fails to load why, in one line", () => {
    expect(doctor(broken).engine.engine).toBe("jax-js-wasm");
    const said = problems(broken);
    expect(said["onnxruntime-node"]).toMatch(
      /^does not load \(.*onnxruntime_binding.node.*\); install it anew with: npm/,
    );
    expect(said["onnxruntime-node"]).not.toMatch(/\n|not installed|add it/);
    expect([said["highs"], said["linkedom"]]).toEqual([null, null]);
    expect(said["@observablehq/plot"]).toMatch(/^is not installed/);
  });
});

describe("training without the native library", () => {
  const code = `
    import { compile, engineInUse, onSlowEngine } from "./dist/engine/run/program.js";
    const warnings = [];
    onSlowEngine((message) => warnings.push(message));
    const twice = ({ x }) => ({ y: x.add(1) });
    for (let i = 0; i < 2; i++) {
      const program = await compile(twice, { x: { shape: [2] } });
      const { y } = await program.run({ x: Float32Array.of(1, 2) });
      var seen = [program.backend, [...y]];
    }
    const demanded = await compile(twice, { x: { shape: [2] } }, { backend: "onnx" }).catch((error) => error.message);
    console.log(JSON.stringify({ ...(await engineInUse()), seen, warnings, demanded }));
    process.exit();`;
  const program = (dir: string) =>
    JSON.parse(run(dir, "--input-type=module", "-e", code).stdout) as { engine: string; seen: unknown; warnings: string[]; demanded: unknown }; // prettier-ignore

  it.each([
    [
      "is not there",
      bare,
      /^onnxruntime-node: is not installed: training runs on WebAssembly.*; add it with: npm/,
    ],
    [
      "does not load",
      broken,
      /^onnxruntime-node: does not load \(.*\): training runs on WebAssembly.*; install it anew/,
    ],
  ])("goes on in jax-js where it %s, with one warning that says so", (_, dir, warning) => {
    const { engine, seen, warnings, demanded } = program(dir);
    expect([engine, seen]).toEqual(["jax-js-wasm", ["wasm", [2, 3]]]);
    expect(warnings).toEqual([expect.stringMatching(warning)]);
    expect(demanded).toMatch(/^onnxruntime-node: (is not installed|does not load)/);
  });

  it("warns of nothing where it is in use (negative control)", () => {
    const { engine, seen, warnings } = program(whole);
    expect([engine, seen, warnings]).toEqual(["onnxruntime", ["onnx", [2, 3]], []]);
  });
});

it("what draws figures says that it cannot before it starts, and starts no run folder", () => {
  for (const command of ["matrix", "reproduce"]) {
    const { status, stderr } = equihard(bare, command, "--out", "run");
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^equihard: .* is not installed; add it with: npm install .*\n$/)]); // prettier-ignore
  }
  expect(readdirSync(bare)).not.toContain("run");
});
