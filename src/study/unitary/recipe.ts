/** Rayleigh quotients and norms of random node features through networks without trained weights. */

import * as z from "zod/mini";
import { foldIn, keyFor, normals, type Key } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { mean } from "../../base/statistics.ts";
import { sampleGraphs } from "../../distribution/erdos-renyi.ts";
import type { Recipe } from "../../run/catalogue.ts";
import {
  groupSort,
  lieConvolution,
  multiply,
  normalised,
  normOf,
  rayleigh,
  relus,
  spectralNorm,
  unitaryConvolution,
  unitarySeries,
  type Complex,
  type Matrix,
} from "../../network/unitary-convolution.ts";
import type { UnitaryDepths } from "./study.ts";

const schema = z.strictObject({
  nodes: integer(3, 64),
  width: integer(2, 256),
  depths: z.array(integer(1, 256)).check(z.minLength(1)),
  terms: z.array(integer(1, 100)),
  seeds: z.array(integer(0, Number.MAX_SAFE_INTEGER)).check(z.minLength(1)),
});

/** A layer on the parts of the features: one matrix, or real and imaginary part. */
type Layer = (a: Matrix, parts: readonly Matrix[], key: Key) => readonly Matrix[];

const convolved: Layer = (a, parts) => parts.map((x) => multiply(a, x));
const unitaryLayer: Layer = (a, [re, im]) => unitaryConvolution(a, [re, im]);
const lieLayer: Layer = (a, parts, key) =>
  parts.map((x) => {
    const w = normals(key, new Float64Array(x.columns ** 2)).map((v) => v / Math.sqrt(x.columns));
    return lieConvolution(a, x, { columns: x.columns, data: w });
  });
const then =
  (layer: Layer, f: (x: Matrix) => Matrix): Layer =>
  (...given) =>
    layer(...given).map(f);

const layers: Readonly<Record<string, Layer>> = {
  "convolution, linear": convolved,
  "unitary, linear": unitaryLayer,
  "Lie, linear": lieLayer,
  "convolution, relu": then(convolved, relus),
  "unitary, relu": then(unitaryLayer, relus),
  "Lie, group sort": then(lieLayer, groupSort),
};

export const unitary: Recipe = async (given, { signal, onProgress }) => {
  const spec = parseWith(schema, given, "unitary");
  const cases = spec.seeds.map((seed) => drawn(keyFor("unitary convolutions", seed), spec.nodes, spec.width));
  const names = Object.keys(layers);
  const networks = names.map((network, i) => {
    signal?.throwIfAborted();
    onProgress?.(network, i / names.length);
    const runs = cases.map((c) => through(layers[network], c, spec.depths));
    return {
      network,
      layers: spec.depths.map((depth, d) => ({
        depth,
        rayleigh: mean(runs.map((r) => r[d].rayleigh)),
        norm: mean(runs.map((r) => r[d].norm)),
      })),
    };
  });
  const found: UnitaryDepths = {
    nodes: spec.nodes,
    input: mean(cases.map(({ a, x }) => rayleigh(a, ...x))),
    networks,
    truncation: spec.terms.map((terms) => ({
      terms,
      error: Math.max(...cases.map(({ a, x }) => Math.abs(ratioOf(a, x, terms) - 1))),
      bound: remainder(1, terms),
    })),
    unnormalised: {
      norm: mean(cases.map((c) => spectralNorm(c.adjacency))),
      ratio: mean(cases.map((c) => ratioOf(c.adjacency, c.x, 10))),
    },
  };
  return found;
};

interface Case {
  readonly adjacency: Matrix;
  readonly a: Matrix;
  readonly x: Complex;
  readonly key: Key;
}

/** A uniform graph with random complex features. */
function drawn(key: Key, n: number, width: number): Case {
  const { data } = sampleGraphs(foldIn(key, "graph"), { n, edges: "undirected", p: 0.5 }, 1);
  const adjacency = { columns: n, data: Float64Array.from(data) };
  const part = (name: string): Matrix => ({
    columns: width,
    data: normals(foldIn(key, name), new Float64Array(n * width)),
  });
  return { adjacency, a: normalised(adjacency), x: [part("real"), part("imaginary")], key };
}

const ratioOf = (a: Matrix, x: Complex, terms: number): number =>
  normOf(...unitarySeries(a, x, terms)) / normOf(...x);

/** norm^(T+1) e^norm / (T+1)!, what is left of the exponential series after T terms. */
function remainder(norm: number, terms: number): number {
  let out = Math.exp(norm);
  for (let t = 1; t <= terms + 1; t++) out *= norm / t;
  return out;
}

function through(layer: Layer, { a, x, key }: Case, depths: readonly number[]) {
  const before = normOf(...x);
  let parts: readonly Matrix[] = x;
  const out: { depth: number; rayleigh: number; norm: number }[] = [];
  for (let depth = 1; depth <= Math.max(...depths); depth++) {
    parts = layer(a, parts, foldIn(foldIn(key, "layer"), depth));
    if (depths.includes(depth))
      out.push({ depth, rayleigh: rayleigh(a, ...parts), norm: normOf(...parts) / before });
  }
  return out;
}
