/** The verifier in Python as a process that is started once: most of a run is Python's start. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { writeNpy } from "../../src/interop/npy.ts";
import type { Labels } from "../../src/query/own-class/labels.ts";

const outcomes = ["valid", "invalid", "not a certificate", "not decided"] as const;

/** What the program says of one document, and the processor time that it took. */
export interface PythonVerdict {
  readonly outcome: (typeof outcomes)[number];
  readonly said: string;
  readonly seconds: number;
}

export const pythonIsThere = (): boolean => spawnSync("python3", ["--version"]).status === 0;

const driver = `
import contextlib, io, json, sys, time
sys.path.insert(0, sys.argv[1])
import verify
for line in sys.stdin:
    start, said = time.process_time(), io.StringIO()
    with contextlib.redirect_stdout(said): code = verify.main(*json.loads(line))
    print(json.dumps([code, said.getvalue().strip(), time.process_time() - start]), flush=True)
`;

/**
 * @param folder that of verify.py
 * @returns `check` asks about one document after the other (a text is a file's, anything else becomes JSON); `close`
 *   ends the process
 */
export function startPython(folder: string) {
  const scratch = mkdtempSync(join(tmpdir(), "equihard-python-"));
  const python = spawn("python3", ["-c", driver, folder], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const ended = once(python, "close");

  const check = async (document: unknown, labels?: Labels): Promise<PythonVerdict> => {
    const file = join(scratch, "certificate.json");
    writeFileSync(file, typeof document === "string" ? document : JSON.stringify(document));
    const given = [file];
    if (labels !== undefined) {
      const { functions, samples, values } = labels;
      const matrix = join(scratch, "labels.npy");
      writeFileSync(matrix, writeNpy({ shape: [functions, samples], data: Float64Array.from(values) }));
      given.push("--labels", matrix);
    }
    python.stdin.write(`${JSON.stringify(given)}\n`);
    const { value, done } = await lines.next();
    if (done === true) throw new Error("the verifier in Python ended");
    const [code, said, seconds] = JSON.parse(value) as [number, string, number];
    return { outcome: outcomes[code], said, seconds };
  };
  const close = async (): Promise<void> => {
    python.stdin.end();
    await ended;
    rmSync(scratch, { recursive: true, force: true });
  };
  return { check, close };
}
