// The second verifier, in Python, against certificates of all kinds and forged ones.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { certify, verify } from "../../src/family/certify.ts";
import { forge } from "../../src/family/forge.ts";
import { forgeries, type Forgery } from "../../src/family/forgeries.ts";
import { writeNpy } from "../../src/interop/npy.ts";
import type { Certificate } from "../../src/query/certificate.ts";
import type { Labels } from "../../src/query/own-class/labels.ts";
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

function verdicts(documents: readonly { document: unknown; labels?: Labels }[]): Verdict[] {
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

/** Degree parities in the form that the program in Python knows: counts, windows with correlations, spread samples. */
const isKnown = ({ family, evidence }: Certificate): boolean =>
  family.id !== "gnn-degree-parity" ||
  ["counts", "delta", "maxAbsCorrelation"].some((name) => Object.hasOwn(evidence, name));

async function known() {
  const honest = await honestCertificates();
  return honest
    .map(({ certificate, labels }) => ({
      document: certificate,
      ...(labels === undefined ? {} : { labels }),
    }))
    .filter(({ document }) => isKnown(document));
}

test("the file imports the standard library alone", () => {
  const lines = readFileSync(program, "utf8").split("\n");
  const imports = lines.filter((line) => /^(import|from) /.test(line)).join(" ");
  expect(imports).not.toMatch(/numpy|scipy|sympy|mpmath|requests/);
});

test("python3 is there wherever the tests run unattended", () => {
  if (process.env["CI"] !== undefined) expect(installed).toBe(true);
});

describe.skipIf(!installed)("the verifier in Python (skipped without python3)", () => {
  test("honest certificates are valid, or so large that nothing is said", async () => {
    const honest = await known();
    const found = verdicts(honest);
    const others = found.flatMap(({ outcome, said }, i) =>
      outcome === "valid" ? [] : [`${JSON.stringify(honest[i].document.family)}: ${said}`],
    );
    // 1.6e9 elements are not listed
    expect(others).toEqual([
      '{"id":"frame-parity","params":{"group":"symmetric:8xsymmetric:8","k":6,"frame":"reynolds"}}: ' +
        "not decided: too large: groups of so many elements",
    ]);
    expect(Math.max(...found.map(({ seconds }) => seconds))).toBeLessThan(20);
  });

  test("what is not decided is never valid", async () => {
    const labelled = (await known()).find(({ labels }) => labels !== undefined);
    const law = await certify("gnn-degree-parity", { n: 14 });
    const listed = await certify("gnn-hidden-plane", { n: 1, d: 100_000, k: 2, count: 8 });
    const found = verdicts([{ document: labelled?.document }, { document: law }, { document: listed }]);
    expect(found.map(({ outcome }) => outcome)).toEqual(["not decided", "not decided", "not decided"]);
  });

  test("no forged certificate is accepted but what the program proves too", async () => {
    const forged = (await known()).flatMap(({ document: honest, labels }, i) => {
      const made = forgeries(honest, keyFor("python", i));
      return Array.from({ length: 40 }, () => ({
        ...(made.next().value as Forgery),
        ...(labels === undefined ? {} : { labels }),
      }));
    });
    const found = verdicts(forged);
    const accepted = forged.filter((_, i) => found[i].outcome === "valid");
    // Chernoff's limit is not one number but a bound on one: last digits of what follows from it may differ
    const digits = /^(dimension\.(spectral|log2)|gram\.lambdaMax): /;
    const fields = accepted.filter(({ kind, change, labels }) => {
      return kind === "field" && !(labels !== undefined && digits.test(change));
    });
    // a larger eigenvalue or probability claims less: true, and so no fault of a verifier that asks whether the claim is at most the truth
    const claimsLess = ({ change }: { change: string }): boolean => {
      const [, from, to] =
        /(?:gram\.lambdaMax|evidence\.maxParityVectorProbability): (\S+) -> ([^\s;]+)/.exec(change) ?? [];
      return to !== undefined && Number(to) > Number(from);
    };
    expect(fields.filter((field) => !claimsLess(field)).map(({ change }) => change)).toEqual([]);
    const unproved: string[] = [];
    for (const { document, change, labels, kind } of accepted) {
      if (claimsLess({ change })) continue;
      const { valid } = await verify(document, labels === undefined ? {} : { labels });
      // how a true bound was proved is no claim about the class
      const manner = change.split("; ").every((one) => one.startsWith("evidence.bound: "));
      if (!valid && kind === "coherent" && !manner) unproved.push(change);
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
