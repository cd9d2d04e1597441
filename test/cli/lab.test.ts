/** `lab` as a user runs it: what is wrong is one line, before anything is served. */

import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const main = resolve(import.meta.dirname, "../../dist/program/main.js");
const program = `import { main } from ${JSON.stringify(main)}; await main(process.argv.slice(1));`;

/** The program without the build of a checkout: a refusal waits for no page. Were it to serve, the test's end ends it. */
function lab(...args: string[]) {
  const words = ["--input-type=module", "-e", program, "--", "lab", ...args];
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((done) => {
    const child = execFile(process.execPath, words, (_, stdout, stderr) =>
      done({ status: child.exitCode, stdout, stderr }),
    );
    onTestFinished(() => void child.kill());
  });
}

describe("equihard lab", () => {
  it.each([
    [["--port", "70000"], /^equihard: --port: .*65535.*\n$/],
    [["--port", "many"], /^equihard: --port: .*\n$/],
    [["--results", "/nowhere/at/all"], /^equihard: --results: \/nowhere\/at\/all is no folder\n$/],
    [["--result", "x"], /^equihard: unknown option '--result'; did you mean "--results"\?\n$/],
  ])("refuses %j in one line", async (args, message) => {
    const { status, stdout, stderr } = await lab(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });

  it("has help with its options and an example", async () => {
    const { status, stdout } = await lab("--help");
    expect(status).toBe(0);
    for (const word of ["--port", "--open", "--results", "equihard lab --open"])
      expect(stdout).toContain(word);
  });
});
