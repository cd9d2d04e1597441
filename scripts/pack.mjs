// `npm run pack [-- NPM-PACK-OPTIONS]`: builds and makes the tarball (npm's own `pack` would take whatever lies in
// dist/, as lifecycle scripts do not run here).
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { buildIfStale, removeLeftovers } from "./build.mjs";
import { buildLabIfStale } from "./lab.mjs";

await buildIfStale({ types: true });
await buildLabIfStale();
removeLeftovers();
const { status } = spawnSync("npm", ["pack", ...process.argv.slice(2)], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  stdio: "inherit",
  shell: process.platform === "win32",
});
process.exitCode = status ?? 1;
