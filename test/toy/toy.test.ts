/** What the layout is for: a family, a learner and a recipe from outside go everywhere, without a line changed in the program. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { certify, costOfCertificate, gram, verify } from "../../src/family/certify.ts";
import { formatCertificate } from "../../src/family/certificate-text.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { trainByGradient } from "../../src/learner/gradient-descent.ts";
import { bibtex, referencesOf } from "../../src/report/cite.ts";
import type { Catalogue } from "../../src/run/catalogue.ts";
import { runTasks, type RunOptions } from "../../src/run/executor/local.ts";
import type { StoredRecord } from "../../src/run/record.ts";
import { openStore, recordOf } from "../../src/run/store/files.ts";
import { certificateTask } from "../../src/run/certificate-task.ts";
import { taskId, type Task } from "../../src/run/task.ts";
import { runTask } from "../../src/run/work.ts";
import { certificates } from "../../src/study/certificates/study.ts";
import { matrixTable } from "../../src/study/matrix/section.ts";
import { matrixStudy } from "../../src/study/matrix/study.ts";
import { planMatrix } from "../../src/study/matrix/plan.ts";
import { builtIn, studies } from "../../src/study/registry.ts";
import { writeReport } from "../../src/study/report.ts";
import { followUps, plan } from "../../src/study/reproduce.ts";
import { catalogueOf, type Scope } from "../../src/study/study.ts";
import { forge } from "../../src/family/forge.ts";
import { toyFamily, toyLearner } from "./family.ts";
import { toyStudy } from "./study.ts";

const catalogue = catalogueOf(
  { families: [toyFamily, ...builtIn.families], learners: [...builtIn.learners, toyLearner] },
  [...studies, toyStudy],
);

/** `worker.ts` as JavaScript, which every Node runs. */
async function bundledWorker(dir: string): Promise<URL> {
  const outfile = join(dir, "worker.mjs");
  const banner = {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  };
  await build({
    entryPoints: [join(import.meta.dirname, "worker.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: ["onnxruntime-node", "highs", "linkedom", "webgpu"],
    banner,
    logLevel: "error",
  });
  return pathToFileURL(outfile);
}

const record = async (task: Task) => recordOf(task, (await runTask(task, catalogue)).result, {});

describe("a family of one's own", () => {
  it("is certified and verified by value; a forged certificate is refused", async () => {
    const certificate = await certify(toyFamily, { n: 20, k: 4 });
    expect(certificate.dimension.spectral).toBe(4845);
    expect(costOfCertificate(toyFamily, { n: 20 })).toEqual({ seconds: 0, bytes: 0 });
    expect(formatCertificate(certificate, [toyFamily])).toContain("products of 4 of 20 coordinates");
    const document: unknown = JSON.parse(JSON.stringify(certificate));
    expect(await verify(document, { families: [toyFamily] })).toMatchObject({
      valid: true,
      route: "Pascal's rule",
    });
    expect((await verify(document)).checks[0].detail).toMatch(/"toy-product" is unknown/);
    const forged = forge(certificate, { functions: "4846" }, {}, certificate.statement, toyFamily);
    expect((await verify(forged, { families: [toyFamily] })).valid).toBe(false);
    const odd = { ...certificate, family: { id: "toy-product", params: { n: 20, k: 21 } } };
    expect((await verify(odd, { families: [toyFamily] })).valid).toBe(false);
  });

  it("fills in its defaults, and takes no other family's parameters", async () => {
    expect((await certify(toyFamily, { n: 9 })).family.params).toEqual({ n: 9, k: 2 });
    const other = builtIn.families[0].parse({ n: 6 });
    await expect(certify(toyFamily, other)).rejects.toThrow(/given the parameters of gnn-degree-parity/);
    await expect(certify(toyFamily, { n: 1 })).rejects.toThrow(/too small/);
  });

  it("has inner products of listed members", () => {
    expect(gram(toyFamily, { members: [[0, 1], [1, 2]] }).gram).toEqual([[1, 0], [0, 1]]); // prettier-ignore
  });

  it("is trained on, and learned by a learner of one's own", async () => {
    const instance = drawInstance(toyFamily, toyFamily.parse({ n: 4, k: 2 }), 0);
    const { result } = await trainByGradient({ family: toyFamily, instance, easy: true, seed: 0, options: { steps: 300, width: 16, testSamples: 1000 } }); // prettier-ignore
    expect(result.final.explainedVariance).toBeGreaterThan(0.9);
    const job = { family: toyFamily, instance, easy: false, seed: 0, options: {} };
    expect(await toyLearner.learn(job)).toMatchObject({ exact: true, recovered: instance.hidden.subset });
  });
});

describe("a study of one's own", () => {
  const quick: Scope = { scale: "quick", catalogue };

  it("is planned, carried out and reported with a family and a learner of one's own", async () => {
    const tasks = plan([toyStudy], quick);
    expect(tasks.map((t) => t.kind)).toEqual(["recipe", "learn"]);
    const records = await Promise.all(tasks.map(record));
    const further = followUps([toyStudy], records, quick);
    expect(further).toEqual([{ ...tasks[1], seed: 2 }]);
    records.push(...(await Promise.all(further.map(record))));

    const certified = await record(certificateTask(toyFamily, { n: 10, k: 3 }));
    const dir = mkdtempSync(join(tmpdir(), "equihard-toy-"));
    const { document } = parseHTML("<html><body></body></html>");
    const context = { ...quick, missing: "", document, studies: [certificates, toyStudy] };
    const findings = await writeReport(dir, [certified, ...records], context);
    expect(findings).toMatchObject([{ headline: "2 sizes counted.", fields: { learned: true } }]);
    const page = readFileSync(join(dir, "report.html"), "utf8");
    expect(page).toContain("toy-product: Products of k coordinates (a test).");
    expect(page.match(/<details id="families">/g)).toHaveLength(1);
    expect(page).toContain("Found by squares: true.");
    expect(readFileSync(join(dir, "figures", "toy-counts.csv"), "utf8")).toBe("n,functions\n4,6\n5,10\n");
    const references = referencesOf(records, { ...catalogue, studies: [toyStudy] });
    expect(references.map(({ key, uses }) => [key, ...uses])).toEqual([
      ["kiani2024", "the theorems"],
      ["equihard", "all computations"],
      ["toy2026", "family toy-product", "learner toy-squares", "recipe toy-counts"],
    ]);
    expect(bibtex(references)).toContain("@misc{toy2026,");
    rmSync(dir, { recursive: true });
  });

  it("stands beside the program's own in one plan, and takes no id that is taken", () => {
    const own = new Set(plan(studies, quick).map(taskId));
    const added = plan([...studies, toyStudy], quick).filter((task) => !own.has(taskId(task)));
    expect(added).toEqual(plan([toyStudy], quick));
    expect(() => catalogueOf(builtIn, [...studies, toyStudy, toyStudy])).toThrow(
      /^study toy-counts: there are two of that id/,
    );
  });

  it("is refused by name where its recipe is not known", async () => {
    const [task] = plan([toyStudy], quick);
    await expect(runTask(task, builtIn)).rejects.toThrow(/"toy-counts" is unknown/);
  });
});

describe("pieces of work with a catalogue of one's own", () => {
  it("are carried out as any others", async () => {
    const params = toyFamily.parse({ n: 5 }).json;
    const learn = { kind: "learn", family: "toy-product", params, seed: 1, learner: "toy-squares", options: {} } as const; // prettier-ignore
    expect((await runTask(learn, catalogue)).result).toMatchObject({ exact: true });
    await expect(runTask(learn, builtIn)).rejects.toThrow(/"toy-product" is unknown/);
  });

  it("are carried out in worker processes that know them, and fail by name in those that do not", async () => {
    const dir = mkdtempSync(join(tmpdir(), "equihard-toy-"));
    const program = await bundledWorker(dir);
    const tasks = [
      ...plan([toyStudy], { scale: "quick", catalogue }),
      certificateTask(toyFamily, { n: 10, k: 3 }),
    ];
    const run = async (name: string, more: Partial<RunOptions>) => {
      const store = openStore(join(dir, name));
      const { signal } = new AbortController();
      const summary = await runTasks(tasks, { store, workers: 1, signal, onEvent: () => {}, ...more });
      return { ...summary, records: store.records() };
    };
    const { records, failed } = await run("own", { program });
    expect(failed).toEqual([]);
    const here = await Promise.all(tasks.map(record));
    const results = (of: readonly StoredRecord[]) => new Map(of.map(({ id, result }) => [id, result]));
    expect(results(records)).toEqual(results(here));
    const known = pathToFileURL(resolve(import.meta.dirname, "../../dist/worker.js"));
    const { failed: unknown } = await run("built-in", { program: known });
    expect(unknown.map(({ message }) => /"toy-(product|counts)" is unknown/.test(message))).toEqual([
      true,
      true,
      true,
    ]);
    rmSync(dir, { recursive: true });
  });

  it("stand in the certificate table, in the matrix and in its report", async () => {
    const own: Catalogue = {
      ...catalogue,
      families: [toyFamily],
      learners: [builtIn.learners[0], toyLearner],
    };
    const scope: Scope = { scale: "quick", catalogue: own };
    expect(plan([certificates], scope)).toEqual([certificateTask(toyFamily, { n: 10, k: 3 })]);
    const small = matrixStudy(({ catalogue: of }) =>
      planMatrix({ samples: 2048, seeds: 1, effort: "quick" }, of),
    );
    const records = await Promise.all(plan([small], scope).map(record));
    const data = small.read(records, scope)!;
    expect(data.matrix.certificates).toMatchObject([{ family: "toy-product", dimension: "6" }]);
    expect(matrixTable(data.matrix).rows).toContainEqual(["toy-product", "squares", "1.00", "1.00", "2048 samples"]); // prettier-ignore
    const { document } = parseHTML("<html><body></body></html>");
    const [section] = await small.sections(data, document);
    expect(JSON.stringify(section)).toContain("toy-product");
  });
});
