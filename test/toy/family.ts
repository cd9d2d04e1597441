/** A family and a learner of one's own, defined outside the program: products of k of n Gaussian coordinates. */

import * as z from "zod/mini";
import { parserOf } from "../../src/base/checked.ts";
import { foldIn, stream } from "../../src/base/random.ts";
import type { Source } from "../../src/base/reference.ts";
import { integer } from "../../src/base/schema.ts";
import { gaussian } from "../../src/distribution/gaussian.ts";
import type { Samples } from "../../src/distribution/law.ts";
import type { Family } from "../../src/family/family.ts";
import { plainMlp } from "../../src/family/student.ts";
import { evaluate } from "../../src/learner/evaluate.ts";
import { defineLearner } from "../../src/learner/learner.ts";
import { binomial } from "../../src/numeric/choose.ts";
import { orthogonalClaims } from "../../src/query/claims.ts";

interface Values {
  readonly n: number;
  readonly k: number;
}
type Hidden = { readonly subset: number[] };
type Evidence = z.output<typeof evidence>;

const schema = z.strictObject({ n: integer(2, 60), k: z._default(integer(1, 60), 2) });
const evidence = z.strictObject({ functions: z.string().check(z.regex(/^[1-9]\d*$/)) });

const product =
  (subset: readonly number[]) =>
  ({ count, shape: [n], data }: Samples): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => subset.reduce((y, j) => y * data[i * n + j], 1));
const exact = (value: number) => ({ value, standardError: 0 });
const target = (subset: readonly number[]) => ({
  label: product(subset),
  mean: exact(0),
  secondMoment: exact(1),
});

/** What a run that uses any of this cites. */
export const toySource: Source = {
  key: "toy2026",
  type: "misc",
  fields: { author: "Nobody", title: "Toys", year: "2026" },
};

export const toyFamily: Family<Values, Hidden> = {
  id: "toy-product",
  title: "Products of k coordinates",
  source: "a test",
  references: [toySource],
  explanation: "The label is the product of k hidden coordinates of a standard normal vector.",
  model: "CSQ",
  schema,
  parse: parserOf("toy-product", schema, (values) => ({ values })),
  draw(params, key) {
    const { n, k } = params.values;
    const { below } = stream(foldIn(key, "subset"));
    const subset = new Set<number>();
    while (subset.size < k) subset.add(below(n));
    const hidden = { subset: [...subset].sort((a, b) => a - b) };
    const [hard, easy] = [target(hidden.subset), target(hidden.subset.slice(0, 1))];
    return {
      family: "toy-product",
      params,
      hidden,
      facts: {},
      labels: "real",
      law: gaussian([n]),
      hard,
      easy,
      key,
    };
  },
  students: { mlp: plainMlp },
  certifier: {
    evidence,
    // oxlint-disable-next-line require-yield -- nothing to report
    *certify({ values: { n, k } }): Generator<never, Evidence> {
      return { functions: `${binomial(n, k)}` };
    },
    claims: (_, found) => orthogonalClaims(BigInt((found as Evidence).functions)),
    scope: ({ values: { n, k } }) => ({
      class: `the products of ${k} of ${n} coordinates`,
      members: "uniform",
      training: "same",
    }),
    describe: () => ({
      method: "orthogonality",
      remarks: [],
    }),
  },
  verifier: {
    wellFormed: ({ values: { n, k } }) => [
      { name: "family.params", ok: k <= n, detail: "k of n coordinates" },
    ],
    // oxlint-disable-next-line require-yield -- nothing to report
    *check({ values: { n, k } }, found) {
      const row = Array.from({ length: k + 1 }, (_, i) => (i === 0 ? 1n : 0n)); // Pascal's rule
      for (let i = 1; i <= n; i++) for (let j = k; j > 0; j--) row[j] += row[j - 1];
      const ok = row[k] === BigInt((found as Evidence).functions);
      return { route: "Pascal's rule", checks: [{ name: "functions", ok, detail: `${row[k]}` }] };
    },
  },
  gram(document) {
    const { members } = z.strictObject({ members: z.array(z.array(integer(0, 59))) }).parse(document);
    const gram = members.map((a) => members.map((b) => (a.join() === b.join() ? 1 : 0)));
    return { schema: "equihard.gram/1", method: "exact", gram };
  },
  settings: {
    matrix: { columns: [{ params: { n: 4, k: 2 }, train: { width: 8, layers: 1 } }] },
    certified: [{ n: 10, k: 3 }],
  },
};

/** Squares of the label against squares of a coordinate: not correlational, reads the subset off. */
export const toyLearner = defineLearner({
  id: "toy-squares",
  summary: "E[y^2 (x_j^2 - 1)] is above 0 just on the hidden coordinates",
  references: [toySource],
  access: "samples",
  options: ["samples"],
  budget: "10,000 samples",
  rows: [{ label: "squares" }],
  refusal: ({ id }) => (id === "toy-product" ? null : "it knows products of coordinates only"),
  learn({ instance, easy, options: { samples = 10_000 } }) {
    const of = easy ? instance.easy : instance.hard;
    const { data } = instance.law.sample(foldIn(instance.key, "train"), samples);
    const [n] = instance.law.shape;
    const labels = of.label({ count: samples, shape: [n], data });
    const found = Array.from({ length: n }, (_, j) => j).filter((j) => {
      let sum = 0;
      for (let i = 0; i < samples; i++) sum += labels[i] ** 2 * (data[i * n + j] ** 2 - 1);
      return sum > samples / 2;
    });
    const test = instance.law.sample(foldIn(instance.key, "test"), 1000);
    const final = evaluate(product(found)(test), of.label(test), "real", of.mean);
    return Promise.resolve({
      queries: null,
      samples,
      final: { ...final },
      recovered: found,
      exact: final.loss === 0,
    });
  },
});
