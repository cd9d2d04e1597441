// `npm test`: types, lint, format, what nobody uses, unit and command-line tests. `npm run test:full`: the long suites.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const full = process.argv.includes("--full");

function run(program, args = [], env = {}) {
  const { status } = spawnSync(`node_modules/.bin/${program}`, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * What the long suites compare with, and the browser that they run in. CI has to have it; elsewhere its tests are
 * skipped, visibly.
 */
function installPeers() {
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
    spawnSync("apt-get", args, { stdio: ["ignore", "ignore", "inherit"] });
}

await build({ types: full });
if (full) installPeers();
if (!full) {
  run("tsc", ["--noEmit"]);
  run("oxlint", ["--deny-warnings"]);
  run("prettier", ["--check", "--log-level", "warn", "."]);
  run("knip");
}
run("vitest", ["run"], full ? { TEST_SUITE: "full" } : {});
