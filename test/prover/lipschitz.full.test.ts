// Members that saw the certificate's sample: what the sample shows of them is not so, and fresh inputs tell.
import { expect, it } from "vitest";
import { encodeFloats } from "../../src/base/base64.ts";
import { runSteps } from "../../src/base/progress.ts";
import { foldIn, keyFor, normals } from "../../src/base/random.ts";
import { verify } from "../../src/family/certify.ts";
import { largestEigenvalue } from "../../src/numeric/eigenvalue-bounds.ts";
import { layeredOf, randomLayered, weightsOf, type Layered } from "../../src/prover/layered.ts";
import { networkClass } from "../../src/prover/network-class.ts";
import { parse } from "../../src/prover/params.ts";
import { plainMember, plainValue } from "../../src/prover/plain-layered.ts";
import { sampleKey } from "../../src/prover/sample-key.ts";
import { assemble } from "../../src/query/certificate.ts";

const [samples, points, columns, members] = [700, 14, 64, 100];
const inputs = points * columns;
/** What the members have in common, and what a relu is moved by so that it is linear wherever inputs are. */
const [share, shift] = [0.5, 8];

const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, v, k) => sum + v * y[k], 0);
const unit = (x: Float64Array): Float64Array => x.map((v) => v / Math.sqrt(dot(x, x)));
const drawn = (name: string, i = 0): Float64Array =>
  normals(foldIn(keyFor("cheat", name), i), new Float64Array(inputs));

/** r less its part in the span of the sample, by conjugate gradients. */
function unseenBySample(r: Float64Array): Float64Array {
  const x = normals(foldIn(sampleKey(0), 0), new Float32Array(samples * inputs));
  const times = (v: Float64Array): Float64Array =>
    Float64Array.from({ length: samples }, (_, s) => {
      let sum = 0;
      for (let k = 0; k < inputs; k++) sum += x[s * inputs + k] * v[k];
      return sum;
    });
  const back = (y: Float64Array): Float64Array => {
    const v = new Float64Array(inputs);
    for (let s = 0; s < samples; s++) for (let k = 0; k < inputs; k++) v[k] += x[s * inputs + k] * y[s];
    return v;
  };
  const y = new Float64Array(samples);
  let rest = times(r);
  let along = rest.slice();
  for (let step = 0; step < 120; step++) {
    const moved = times(back(along));
    const size = dot(rest, rest);
    const length = size / dot(along, moved);
    for (let s = 0; s < samples; s++) y[s] += length * along[s];
    rest = rest.map((v, s) => v - length * moved[s]);
    const turn = dot(rest, rest) / size;
    along = along.map((v, s) => rest[s] + turn * v);
  }
  const seen = back(y);
  return r.map((v, k) => v - seen[k]);
}

/** The dimension of the seed's random weights on the sample, many of which are constant. */
function startOf(layered: Layered): number {
  const [random, size] = [randomLayered(layered, members, 0), weightsOf(layered)];
  const x = normals(foldIn(sampleKey(0), 0), new Float32Array(samples * inputs));
  const rows = Array.from({ length: members }, (_, i) => {
    const member = plainMember(layered, random.subarray(i * size, (i + 1) * size));
    const values = Float64Array.from(
      { length: samples },
      (__, s) => plainValue(member, Float64Array.from(x.subarray(s * inputs, (s + 1) * inputs))).value,
    );
    const mean = values.reduce((sum, v) => sum + v, 0) / samples;
    const centred = values.map((v) => v - mean);
    return dot(centred, centred) > 1e-6 * samples * mean * mean ? unit(centred) : centred.fill(0);
  });
  const gram = Float64Array.from({ length: members ** 2 }, (_, at) =>
    dot(rows[Math.floor(at / members)], rows[at % members]),
  );
  return members / largestEigenvalue(gram, members, { entryError: 1e-12 }).upper;
}

/** Linear members, orthogonal but for a common part: relu(u . x + shift) - shift. */
async function certificateWith(common: Float64Array) {
  const params = parse({
    student: "frame-averaged",
    group: `trivial:${points}`,
    columns,
    layers: 2,
    width: 1,
    members,
  });
  const weights = Array.from({ length: members }, (_, i) => {
    const own = unit(drawn("own", i));
    const u = Array.from(own, (v, k) => v + Math.sqrt(share) * common[k]);
    return [...u, shift, 1, 0, 1, -shift];
  });
  const start = startOf(layeredOf(params.values, 0));
  const evidence = await runSteps(
    networkClass.certifier.again!(params, {
      kind: "lipschitz",
      seed: 0,
      steps: 0,
      start,
      samples,
      members: encodeFloats(Float32Array.from(weights.flat())),
      // these follow from the members
      lipschitz: [],
      lambda: 1,
      meanSquare: 1,
    }),
  );
  return assemble(networkClass, params, evidence, { tau: 0.1, rho: 0.9, normalisation: "relative" });
}

it("members that differ on the sample alone are refused, by nothing but fresh inputs", async () => {
  const r = unit(drawn("common"));
  const failing = async (document: unknown): Promise<string[]> =>
    (await verify(document, { families: [networkClass] })).checks.filter((c) => !c.ok).map((c) => c.name);
  const fitted = await certificateWith(unit(unseenBySample(r)));
  const honest = await certificateWith(r);
  // orthogonal members of norm sqrt(1 + share) with a common part
  const truth = (members * (1 + share)) / (1 + members * share);
  expect(Number(fitted.dimension.spectral)).toBeGreaterThan(1.1 * truth);
  expect(Number(honest.dimension.spectral)).toBeLessThan(truth);
  expect(await failing(fitted)).toEqual(["fresh sample"]);
  expect(await failing(honest)).toEqual([]);
});
