// `npm test`: types, lint, format, what nobody uses, unit and command-line tests. `npm run test:full`: the long suites.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const full = process.argv.includes("--full");

async function run(program, args = [], env = {}) {
  const started = spawn(`node_modules/.bin/${program}`, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  const [status] = await once(started, "exit");
  if (status !== 0) process.exit(status ?? 1);
}

/** What needs no build, on two cores: types take as long as the rest. */
async function checkSources() {
  const others = async () => {
    await run("oxlint", ["--deny-warnings"]);
    await run("prettier", ["--check", "--log-level", "warn", "."]);
    await run("knip");
  };
  await Promise.all([run("tsc", ["--noEmit"]), others()]);
}

/**
 * What the long suites compare with, and the browser that they run in. CI has to have it; elsewhere its tests are
 * skipped, visibly.
 */
async function installPeers() {
  const present = (program, args) => spawnSync(program, args).status === 0;
  const missing = [
    ...(present("gap", ["--version"]) ? [] : ["gap-core"]),
    ...(present("/usr/bin/python3", ["-c", "import numpy"]) ? [] : ["python3-numpy"]),
    ...(present("/usr/bin/python3", ["-c", "import torch"]) ? [] : ["python3-torch", "libopenblas0"]),
    ...(present("/usr/bin/python3", ["-c", "import onnx"]) ? [] : ["python3-onnx"]),
    ...(present("/usr/bin/python3", ["-c", "import sklearn"]) ? [] : ["python3-sklearn"]),
    ...(existsSync("/usr/share/sagemath/graphs/graphs.db") ? [] : ["sagemath-database-graphs"]),
    ...(present("/usr/bin/chromium", ["--version"]) ? [] : ["chromium"]),
    ...(present("/usr/bin/firefox-esr", ["--version"]) ? [] : ["firefox-esr"]),
    ...(present("/usr/sbin/slurmctld", ["-V"]) && present("/usr/sbin/munged", ["-V"])
      ? []
      : ["slurm-wlm", "munge"]),
  ];
  if (missing.length === 0 || !process.env.CI) return;
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...missing]])
    await once(spawn("apt-get", args, { stdio: ["ignore", "ignore", "inherit"] }), "exit");
}

await Promise.all([full && installPeers(), build({ types: full })]); // a download beside what takes a core
if (!full) await checkSources();
await run("vitest", ["run"], full ? { TEST_SUITE: "full" } : {});
