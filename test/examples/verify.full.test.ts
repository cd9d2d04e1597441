// The second verifier, in Python, against certificates of all kinds and forged ones.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { certify, verify } from "../../src/family/certify.ts";
import { forge } from "../../src/family/forge.ts";
import { forgeries } from "../../src/family/forgeries.ts";
import type { Forgeable } from "../../src/family/forgery-trial.ts";
import { writeNpy } from "../../src/interop/npy.ts";
import { honestCertificates } from "../query/honest.ts";

const folder = new URL("../../examples/verify/", import.meta.url).pathname;
const program = join(folder, "verify.py");
const installed = spawnSync("python3", ["--version"]).status === 0;
const outcomes = ["valid", "invalid", "not a certificate", "not decided"] as const;
type Outcome = (typeof outcomes)[number];

// one process for many documents: most of a run is Python's start
const driver = [
  "import contextlib, io, json, sys, time",
  "sys.path.insert(0, sys.argv[1])",
  "import verify",
  "def run(arguments):",
  "    start, said = time.time(), io.StringIO()",
  "    with contextlib.redirect_stdout(said): code = verify.main(*arguments)",
  "    return [code, said.getvalue().strip(), time.time() - start]",
  "print(json.dumps([run(x) for x in json.load(sys.stdin)]))",
].join("\n");

let scratch = "";
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "equihard-python-"));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Verdict {
  readonly outcome: Outcome;
  readonly said: string;
  readonly seconds: number;
}

function verdicts(documents: readonly { document: unknown; labels?: Forgeable["labels"] }[]): Verdict[] {
  const input = documents.map(({ document, labels }, i) => {
    const file = join(scratch, `${i}.json`);
    writeFileSync(file, typeof document === "string" ? document : JSON.stringify(document));
    if (labels === undefined) return [file];
    const matrix = join(scratch, `${i}.npy`);
    const { functions, samples, values } = labels;
    writeFileSync(matrix, writeNpy({ shape: [functions, samples], data: values as Float64Array }));
    return [file, "--labels", matrix];
  });
  const { stdout, stderr } = spawnSync("python3", ["-c", driver, folder], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  expect(stderr).toBe("");
  return (JSON.parse(stdout) as [number, string, number][]).map(([code, said, seconds]) => ({
    outcome: outcomes[code],
    said,
    seconds,
  }));
}

test("the file is as long as it may be and imports the standard library alone", () => {
  const lines = readFileSync(program, "utf8").trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(400);
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
  const imports = lines.filter((line) => /^(import|from) /.test(line)).join(" ");
  expect(imports).not.toMatch(/numpy|scipy|sympy|mpmath/);
});

test("python3 is there wherever the tests run unattended", () => {
  if (process.env["CI"] !== undefined) expect(installed).toBe(true);
});

describe.skipIf(!installed)("the verifier in Python (skipped without python3)", () => {
  test("honest certificates are valid, or so large that nothing is said", async () => {
    const honest = await honestCertificates();
    const found = verdicts(
      honest.map(({ certificate, labels }) => ({ document: certificate, ...(labels && { labels }) })),
    );
    const other = found.flatMap(({ outcome, said }, i) =>
      outcome === "valid"
        ? []
        : [
            `${honest[i].certificate.family.id} ${JSON.stringify(honest[i].certificate.family.params)}: ${said}`,
          ],
    );
    // 1.6e9 elements are not listed
    expect(other).toEqual([
      'frame-parity {"group":"symmetric:8xsymmetric:8","k":6,"frame":"reynolds"}: not decided: too large: groups of so many elements',
    ]);
    expect(found.every(({ seconds }) => seconds < 10)).toBe(true);
  });

  test("what is too large is never valid", async () => {
    const certificate = await certify("gnn-degree-parity", { n: 14 });
    const dense = await certify("gnn-degree-parity", { n: 100, edges: "directed", window: 22 });
    for (const { outcome } of verdicts([{ document: certificate }, { document: dense }]))
      expect(outcome).toBe("not decided");
  });

  test("no forged certificate is accepted but what the program proves too", async () => {
    const honest = await honestCertificates();
    const forged = honest.flatMap(({ certificate, labels }, i) => {
      const made = forgeries(certificate, keyFor("python", i));
      return Array.from({ length: 40 }, () => ({ ...made.next().value!, ...(labels && { labels }) }));
    });
    const found = verdicts(forged);
    const accepted = forged.filter((_, i) => found[i].outcome === "valid");
    expect(accepted.filter(({ kind }) => kind === "field").map(({ change }) => change)).toEqual([]);
    const unproved: string[] = [];
    for (const { document, change, labels } of accepted) {
      const { valid } = await verify(document, labels && { labels });
      if (!valid) unproved.push(change);
    }
    expect(unproved).toEqual([]);
    expect(Math.max(...found.map(({ seconds }) => seconds))).toBeLessThan(30);
  });

  test("a dimension just above the truth is refused, in every kind of evidence", async () => {
    const plane = await certify("gnn-hidden-plane", { n: 1, d: 16, k: 4, count: 12 });
    const orbits = await certify("frame-parity", { group: "cyclic:12", k: 4 });
    const { lambdaUpper } = plane.evidence as { lambdaUpper: number };
    const forged = [
      forge(plane, { lambdaUpper: lambdaUpper * (1 - 1e-7), lambdaLower: 1 }),
      forge(orbits, { orbits: "44" }),
    ];
    expect(verdicts(forged.map((document) => ({ document }))).map((v) => v.outcome)).toEqual([
      "invalid",
      "invalid",
    ]);
  });

  test("what is not a certificate at all", async () => {
    const text = JSON.stringify(await certify("frame-parity", { group: "cyclic:6", k: 2 }));
    const twice = text.replace('"model":', '"model":"SQ","model":');
    const foreign = ["{", "[1]", '{"schema":"equihard.gram/1"}', twice, text.replace("0.0625", "NaN")];
    expect(verdicts(foreign.map((document) => ({ document }))).map((v) => v.outcome)).toEqual(
      foreign.map(() => "not a certificate"),
    );
  });
});
