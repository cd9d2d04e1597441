// A family of one's own, by value: the sign of one hidden coordinate of a Gaussian vector. Its members are orthogonal.
import { orthogonalClaims, parserOf, plainMlp, stream } from "equihard";
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

export const family: Family<Values, { i: number }> = {
  id,
  title: "Sign of a hidden coordinate",
  source: "a smoke test",
  references: [{ key: "nobody2026", type: "misc", fields: { title: "Signs of coordinates" } }],
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
