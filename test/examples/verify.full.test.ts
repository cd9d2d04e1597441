// The second verifier, in Python, against certificates of all kinds and forged ones.
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { certify } from "../../src/family/certify.ts";
import { forge } from "../../src/family/forge.ts";
import { forgeryTrial } from "../../src/family/forgery-trial.ts";
import { networkClass } from "../../src/prover/network-class.ts";
import { searchedNetworks } from "../prover/honest.ts";
import { honestCertificates } from "../query/honest.ts";
import { slowestAllowed } from "../query/slowest.ts";
import { pythonIsThere, startPython, type PythonVerdict } from "./python.ts";

const folder = new URL("../../examples/verify/", import.meta.url).pathname;
const installed = pythonIsThere();

const sources = readdirSync(folder)
  .filter((name) => name.endsWith(".py"))
  .map((name) => ({ name, lines: readFileSync(`${folder}${name}`, "utf8").trimEnd().split("\n") }));

test("the files import the standard library and each other alone", () => {
  const own = sources.map(({ name }) => name.replace(".py", ""));
  const library =
    "array base64 collections decimal fractions functools hashlib itertools json math operator re struct sys";
  const imported = sources.flatMap(({ lines }) =>
    lines.flatMap((line) => /^(?:import (.*)|from (\S+) import)/.exec(line)?.slice(1) ?? []),
  );
  const names = imported.flatMap((list) => list?.split(", ") ?? []);
  expect(names.filter((name) => ![...own, ...library.split(" ")].includes(name))).toEqual([]);
});

test("a file is one that is read in one go, and whoever checks degree parities reads at most 400 lines", () => {
  for (const { name, lines } of sources) {
    expect(lines.length, name).toBeLessThan(200);
    expect(Math.max(...lines.map((line) => line.length)), name).toBeLessThanOrEqual(120);
  }
  const read = ["verify", "documents", "threefry", "degree_parity"].map((name) => `${name}.py`);
  const few = sources.filter(({ name }) => read.includes(name));
  expect(few.reduce((sum, { lines }) => sum + lines.length, 0)).toBeLessThanOrEqual(400);
});

test("python3 is there wherever the tests run unattended", () => {
  if (process.env["CI"] !== undefined) expect(installed).toBe(true);
});

describe.skipIf(!installed)("the verifier in Python (skipped without python3)", () => {
  let python: ReturnType<typeof startPython>;
  beforeAll(() => {
    python = startPython(folder);
  });
  afterAll(() => python.close());

  test("honest certificates of every kind are valid, or so large that nothing is said", async () => {
    const others: string[] = [];
    const seconds: number[] = [];
    for (const { certificate, labels } of await honestCertificates()) {
      const verdict = await python.check(certificate, labels);
      seconds.push(verdict.seconds);
      if (verdict.outcome !== "valid") others.push(`${JSON.stringify(certificate.family)}: ${verdict.said}`);
    }
    // 1.6e9 elements are not listed
    expect(others).toEqual([
      '{"id":"frame-parity","params":{"group":"symmetric:8xsymmetric:8","k":6,"frame":"reynolds"}}: ' +
        "not decided: too large: groups of so many elements",
    ]);
    expect(Math.max(...seconds)).toBeLessThan(20);
  });

  test("what is not decided is never valid", async () => {
    const labelled = (await honestCertificates()).find(({ labels }) => labels !== undefined);
    const documents = [
      labelled?.certificate,
      await certify("gnn-degree-parity", { n: 14 }),
      await certify("gnn-hidden-plane", { n: 1, d: 100_000, k: 2, count: 8 }),
      await certify("frame-parity", { group: "cyclic:20", k: 10 }, { absolute: true }),
    ];
    const found: PythonVerdict[] = [];
    for (const document of documents) found.push(await python.check(document));
    expect(found.map(({ outcome }) => outcome)).toEqual(documents.map(() => "not decided"));
    expect(found.slice(1, 3).every(({ said }) => said.startsWith("not decided: too large"))).toBe(true);
  });

  test("of 600 forged certificates none is accepted that claims more than is true", async () => {
    let spent = 0;
    const { falseAccepted, crashes, weaker, refused, slowest } = await forgeryTrial(
      await honestCertificates(),
      {
        count: 600,
        seed: 3,
        clock: () => spent,
        async verifier(document, { labels }) {
          const { outcome, seconds } = await python.check(document, labels);
          spent += 1000 * seconds;
          return outcome === "valid";
        },
      },
    );
    expect([falseAccepted, crashes]).toEqual([[], []]);
    expect([weaker > 10, refused > 300]).toEqual([true, true]);
    expect(slowest.milliseconds, slowest.change).toBeLessThan(slowestAllowed.python);
  });

  test("a claim just above the truth is refused, in every kind of evidence", async () => {
    const plane = await certify("gnn-hidden-plane", { n: 1, d: 16, k: 4, count: 12 });
    const orbits = await certify("frame-parity", { group: "cyclic:12", k: 4 }, { notion: "rsd" });
    const law = await certify("gnn-degree-parity", { n: 10, p: 0.123456789012345 });
    const { lambdaUpper } = plane.evidence as { lambdaUpper: number };
    const { maxParityVectorProbability: most } = law.evidence as { maxParityVectorProbability: number };
    const rows = orbits.notions ?? [];
    const listed = await certify("gnn-hidden-plane", { n: 1, d: 12, k: 4, count: 30 }, { notion: "sq-dim" });
    const more = rows.map((row) => (row.notion === "rsd" ? { ...row, value: Number(row.value) + 1 } : row));
    for (const document of [
      forge(plane, { lambdaUpper: lambdaUpper * (1 - 1e-7), lambdaLower: 1 }),
      forge(orbits, { orbits: "44" }),
      forge(law, { maxParityVectorProbability: most * (1 - 1e-6) }),
      { ...orbits, notions: more },
      forge(listed, { apart: Array.from({ length: 30 }, (_, i) => i) }),
    ])
      expect((await python.check(document)).outcome).toBe("invalid");
  });

  test("a statement is not left out, and rows keep their order", async () => {
    const c = await certify("frame-parity", { group: "cyclic:12", k: 4 }, { notion: "rsd" });
    expect((await python.check(c)).outcome).toBe("valid");
    const { statement, notions = [] } = c;
    const [spectral, absolute, signed, ...others] = notions;
    for (const changed of [
      { statement: { ...statement, randomised: statement.randomised.slice(0, 1) } },
      { notions: [spectral, signed, absolute, ...others] },
      { notions: [spectral, absolute, absolute, ...others] },
    ])
      expect((await python.check({ ...c, ...changed })).outcome).toBe("invalid");
  });

  test("searched networks are valid, forged ones are not, and deep ones are left open", async () => {
    const networks = await searchedNetworks();
    const verifier = async (document: unknown): Promise<boolean> =>
      (await python.check(document)).outcome === "valid";
    for (const { certificate } of networks) {
      const open = certificate.evidence["kind"] === "lipschitz";
      const what = certificate.statement.class;
      expect((await python.check(certificate)).outcome, what).toBe(open ? "not decided" : "valid");
    }
    const { falseAccepted, crashes, refused } = await forgeryTrial(networks, {
      count: 150,
      seed: 5,
      verifier,
    });
    expect([falseAccepted, crashes, refused > 80]).toEqual([[], [], true]);
    for (const { certificate } of networks) {
      const { kind, lambdaUpper, dimension, start } = certificate.evidence as Record<string, number> & {
        kind: string;
      };
      if (kind === "lipschitz") continue;
      const more =
        kind === "orbit"
          ? { dimension: dimension * (1 + 1e-6) }
          : { lambdaUpper: lambdaUpper * (1 - 1e-7), lambdaLower: 1 };
      for (const change of [more, { start: start * (1 + 1e-4) }])
        expect(await verifier(forge(certificate, change, {}, {}, networkClass))).toBe(false);
    }
  });

  test("what is not a certificate at all", async () => {
    const text = JSON.stringify(await certify("frame-parity", { group: "cyclic:6", k: 2 }));
    const twice = text.replace('"model":', '"model":"SQ","model":');
    for (const foreign of ["{", "[1]", '{"schema":"equihard.gram/1"}', twice, text.replace("0.0625", "NaN")])
      expect((await python.check(foreign)).outcome).toBe("not a certificate");
  });
});
