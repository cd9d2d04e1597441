/** What the layout is for: a family, a learner and a recipe from outside go everywhere, without a line changed in the program. */

import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { certify, costOfCertificate, formatCertificate, gram, verify } from "../../src/family/certify.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { trainByGradient } from "../../src/learner/gradient-descent.ts";
import type { Catalogue } from "../../src/run/catalogue.ts";
import { recordOf } from "../../src/run/record.ts";
import { certificateTask, runTask, taskId, type Task } from "../../src/run/task.ts";
import { certificateTasks } from "../../src/study/certificates/study.ts";
import { matrixBudget, matrixSections, matrixTable } from "../../src/study/matrix/section.ts";
import { matrixTasks, planMatrix, readMatrix } from "../../src/study/matrix/study.ts";
import { builtIn } from "../../src/study/registry.ts";
import { forge } from "../query/forge.ts";
import { toyFamily, toyLearner, toyRecipe } from "./family.ts";

const catalogue: Catalogue = {
  families: [toyFamily, ...builtIn.families],
  learners: [...builtIn.learners, toyLearner],
  recipes: { ...builtIn.recipes, "toy-counts": () => Promise.resolve(toyRecipe) },
};
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

describe("pieces of work with a catalogue of one's own", () => {
  it("are carried out as any others", async () => {
    const params = toyFamily.parse({ n: 5 }).json;
    const learn = {
      kind: "learn",
      family: "toy-product",
      params,
      seed: 1,
      learner: "toy-squares",
      options: {},
    } as const;
    expect((await runTask(learn, catalogue)).result).toMatchObject({ exact: true });
    await expect(runTask(learn, builtIn)).rejects.toThrow(/"toy-product" is unknown/);
    const recipe = { kind: "recipe", family: "toy-product", recipe: "toy-counts", params: { family: "toy-product", sizes: [4, 5] } } as const; // prettier-ignore
    expect((await runTask(recipe, catalogue)).result).toMatchObject({ counts: ["6", "10"] });
    await expect(runTask(recipe, builtIn)).rejects.toThrow(/"toy-counts" is unknown/);
  });

  it("stand in the certificate table, in the matrix and in its report", async () => {
    expect(certificateTasks(catalogue).map(taskId)).toContain(
      taskId(certificateTask(toyFamily, { n: 10, k: 3 })),
    );
    const own: Catalogue = {
      ...catalogue,
      families: [toyFamily],
      learners: [builtIn.learners[0], toyLearner],
    };
    const plan = planMatrix({ samples: 2048, seeds: 1, effort: "quick" }, own);
    const records = await Promise.all(matrixTasks(plan).map(record));
    const matrix = readMatrix(plan, records);
    expect(matrix.certificates).toMatchObject([{ family: "toy-product", dimension: "6" }]);
    expect(matrixTable(matrix).rows).toContainEqual([
      "toy-product",
      "squares",
      "1.00",
      "1.00",
      "2048 samples",
    ]);
    const { document } = parseHTML("<html><body></body></html>");
    const [section] = matrixSections(matrix, document, matrixBudget(plan));
    expect(JSON.stringify(section)).toContain("toy-product");
  });
});
