// A family of one's own, by value: the sign of one hidden coordinate of a Gaussian vector. Its members are orthogonal.
import {
  certify,
  drawInstance,
  orthogonalClaims,
  parserOf,
  plainMlp,
  stream,
  trainByGradient,
  verify,
} from "equihard";
import type { Family, Samples } from "equihard";
import * as z from "equihard/schema";

const id = "hidden-sign";
const schema = z.strictObject({ d: z._default(z.integer(1, 1000), 8) });
const evidence = z.strictObject({ members: z.int() });
interface Values {
  readonly d: number;
}
const signOf = (i: number) => ({
  label: ({ count, shape: [d = 1], data }: Samples) =>
    Float64Array.from({ length: count }, (_, s) => ((data[s * d + i] ?? 0) < 0 ? -1 : 1)),
  mean: { value: 0, standardError: 0 },
  secondMoment: { value: 1, standardError: 0 },
});

const family: Family<Values, { i: number }> = {
  id,
  title: "Sign of a hidden coordinate",
  source: "a smoke test",
  references: [],
  explanation: "y = sign x_i",
  model: "CSQ",
  schema,
  parse: parserOf(id, schema, (values) => ({ values })),
  draw: (params, key) => {
    const { d } = params.values;
    const i = stream(key).below(d);
    const sample = (of: typeof key, count: number): Samples => {
      const { normal } = stream(of);
      return { count, shape: [d], data: Float32Array.from({ length: count * d }, normal) };
    };
    const law = { id: "gaussian", shape: [d], sample };
    return {
      family: id,
      params,
      hidden: { i },
      facts: {},
      labels: "sign",
      law,
      hard: signOf(i),
      easy: signOf(0),
      key,
    };
  },
  students: { mlp: plainMlp },
  certifier: {
    evidence,
    *certify({ values: { d } }) {
      yield { what: "counting", done: d, total: d };
      return { members: d };
    },
    claims: (_, e) => orthogonalClaims(BigInt(z.parse(evidence, e).members)),
    scope: ({ values: { d } }) => ({
      class: `the signs of ${d} coordinates`,
      members: "uniform",
      training: "same",
    }),
    describe: () => ({ method: "they are orthogonal", remarks: [] }),
  },
  verifier: {
    wellFormed: () => [],
    *check({ values: { d } }, e) {
      yield { what: "counting", done: d, total: d };
      const { members } = z.parse(evidence, e);
      return { route: "by hand", checks: [{ name: "count", ok: members === d, detail: `${d} coordinates` }] };
    },
  },
};

const certificate = await certify(family, { d: 50 });
const again = await verify(certificate, { families: [family] });
const forged = { ...certificate, evidence: { members: 5000 } };
const wrong = await verify(forged, { families: [family] });
const options = { steps: 300, batch: 128, width: 16, testSamples: 2000 };
const instance = drawInstance(family, family.parse({}), 0);
const { result } = await trainByGradient({ family, instance, easy: false, seed: 0, options });
console.log(
  JSON.stringify({
    dimension: certificate.dimension.spectral,
    valid: [again.valid, wrong.valid],
    learned: (result.final.accuracy ?? 0) > 0.9,
  }),
);
