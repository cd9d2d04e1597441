/** A worker process whose program ends before it. */

import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, it } from "vitest";
// @ts-expect-error a build script, without types
import { buildIfStale } from "../../scripts/build.mjs";

const serve = pathToFileURL(resolve(import.meta.dirname, "../../dist/run/serve.js")).href;

/** Works for half a second without looking up, and then has something to tell. */
const worker = `
import { serveTasks } from ${JSON.stringify(serve)};
const busy = async () => {
  for (const start = Date.now(); Date.now() - start < 500; );
  return { done: true };
};
serveTasks({ families: [], learners: [], recipes: { busy } });`;

/** Starts the worker, gives it a task and is killed meanwhile. */
const program = `
import { fork } from "node:child_process";
const code = ${JSON.stringify(`data:text/javascript,${encodeURIComponent(worker)}`)};
const child = fork("-", { execArgv: ["--input-type=module", "-e", "await import(" + JSON.stringify(code) + ")"], stdio: ["ignore", 2, 2, "ipc"] });
child.send({ kind: "recipe", recipe: "busy", params: {} });
setTimeout(() => process.kill(process.pid, "SIGKILL"), 400);`;

beforeAll(() => (buildIfStale as () => Promise<void>)());

it("ends with the program that started it, without a word, though it has something to tell", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "ignore", "pipe"] }); // prettier-ignore
  let said = "";
  child.stderr.on("data", (data) => (said += String(data)));
  await new Promise((ended) => child.stderr.on("end", ended)); // the worker holds it, too
  expect([child.signalCode, said]).toEqual(["SIGKILL", ""]);
});
