/** Unitary convolutions: isometry, Rayleigh quotient, equivariance, and what is none of it. */

import { parseHTML } from "linkedom";
import { beforeAll, describe, expect, it } from "vitest";
import { keyFor, normals, permutation } from "../../../src/base/random.ts";
import { sampleGraphs } from "../../../src/distribution/erdos-renyi.ts";
import { builtIn } from "../../../src/study/registry.ts";
import {
  groupSort,
  lieConvolution,
  multiply,
  normalised,
  normOf,
  rayleigh,
  spectralNorm,
  unitaryConvolution,
  unitarySeries,
  type Matrix,
} from "../../../src/network/unitary-convolution.ts";
import { unitaryCaption, unitaryFigure } from "../../../src/study/unitary/section.ts";
import { unitary, type UnitaryDepths } from "../../../src/study/unitary/study.ts";
import { foundBy } from "../computed.ts";

const [n, width] = [9, 6];
const random = (name: string, rows: number, columns: number): Matrix => ({
  columns,
  data: normals(keyFor(name), new Float64Array(rows * columns)),
});
const graph: Matrix = {
  columns: n,
  data: Float64Array.from(sampleGraphs(keyFor("graph"), { n, edges: "undirected", p: 0.5 }, 1).data),
};
const a = normalised(graph);
const x = [random("re", n, width), random("im", n, width)] as const;
/** Larger than 1, so that the exponential is scaled and squared. */
const w = { ...random("w", width, width), data: random("w", width, width).data.map((v) => 2 * v) };
const rowsMoved = ({ columns, data }: Matrix, g: ArrayLike<number>): Matrix => ({
  columns,
  data: data.map((_, at) => data[g[Math.floor(at / columns)] * columns + (at % columns)]),
});

describe("unitary convolutions", () => {
  it("keep norms and Rayleigh quotients, the Lie form with weights of any size", () => {
    expect(spectralNorm(a)).toBeCloseTo(1, 9);
    const y = unitaryConvolution(a, x);
    expect(normOf(...y) / normOf(...x)).toBeCloseTo(1, 13);
    expect(rayleigh(a, ...y)).toBeCloseTo(rayleigh(a, ...x), 13);
    const z = lieConvolution(a, x[0], w);
    expect(normOf(z) / normOf(x[0])).toBeCloseTo(1, 12);
    expect(rayleigh(a, z)).toBeCloseTo(rayleigh(a, x[0]), 12);
    // they do move the features (negative control)
    expect(Math.abs(z.data[0] - x[0].data[0])).toBeGreaterThan(0.01);
    expect(Math.abs(y[0].data[0] - x[0].data[0])).toBeGreaterThan(0.01);
  });

  it("are equivariant: renamed nodes, renamed features", () => {
    const g = permutation(keyFor("nodes"), n);
    const moved = normalised(rowsMoved(transposed(rowsMoved(graph, g)), g));
    const near = (one: Matrix, other: Matrix): number =>
      Math.max(...one.data.map((v, i) => Math.abs(v - other.data[i])));
    const after = unitaryConvolution(moved, [rowsMoved(x[0], g), rowsMoved(x[1], g)]);
    expect(near(after[0], rowsMoved(unitaryConvolution(a, x)[0], g))).toBeLessThan(1e-14);
    expect(
      near(lieConvolution(moved, rowsMoved(x[0], g), w), rowsMoved(lieConvolution(a, x[0], w), g)),
    ).toBeLessThan(1e-12);
  });

  it("refuse a matrix that is not normalised", () => {
    expect(() => unitaryConvolution(graph, x)).toThrow(/^adjacency: has norm \d/);
    expect(() => lieConvolution(graph, x[0], w)).toThrow(/normalise it/);
  });

  it("group sort compares halves and keeps the norm", () => {
    expect(Array.from(groupSort({ columns: 4, data: Float64Array.of(1, 5, 3, 2) }).data)).toEqual([
      3, 5, 1, 2,
    ]);
    expect(normOf(groupSort(x[0]))).toBeCloseTo(normOf(x[0]), 12);
  });
});

const transposed = ({ columns, data }: Matrix): Matrix => ({
  columns,
  data: data.map((_, at) => data[(at % columns) * columns + Math.floor(at / columns)]),
});

/** Graphs whose spectrum is known: complete ones, and circulant ones by Fourier. */
describe("series and depth in closed form", () => {
  const graphOf = (size: number, edge: (apart: number) => boolean): Matrix => ({
    columns: size,
    data: Float64Array.from({ length: size * size }, (_, at) => {
      const apart = Math.abs(Math.floor(at / size) - (at % size));
      return Number(edge(Math.min(apart, size - apart)));
    }),
  });
  /** |sum_{t <= terms} (i x)^t / t!|. */
  const lengthOf = (x: number, terms: number): number => {
    let [re, im, term] = [0, 0, 1];
    for (let t = 0; t <= terms; t++) {
      const sign = t % 4 < 2 ? 1 : -1;
      if (t % 2 === 0) re += sign * term;
      else im += sign * term;
      term *= x / (t + 1);
    }
    return Math.hypot(re, im);
  };
  const complete = graphOf(7, (apart) => apart > 0);
  const zero: Matrix = { columns: 1, data: new Float64Array(7) };

  it.each([4, 8, 10, 12, 16])("%i terms on the complete graph: eigenvalue 1, or 6 unnormalised", (terms) => {
    const constant: Matrix = { columns: 1, data: new Float64Array(7).fill(1) };
    for (const [matrix, eigenvalue] of [
      [normalised(complete), 1],
      [complete, 6],
    ] as const) {
      const ratio = normOf(...unitarySeries(matrix, [constant, zero], terms)) / normOf(constant);
      expect(ratio / lengthOf(eigenvalue, terms)).toBeCloseTo(1, 12);
    }
    // the remainder of the series, and no isometry at all without normalisation (negative control)
    expect(Math.abs(lengthOf(1, terms) - 1)).toBeLessThan(Math.E / factorial(terms + 1) + 1e-15);
    if (terms <= 10) expect(Math.abs(lengthOf(6, terms) - 1)).toBeGreaterThan(1);
  });

  it("convolutions smooth features as lambda_2^(2 L) on a circulant graph of 15 nodes, unitary ones not at all", () => {
    const size = 15;
    const a15 = normalised(graphOf(size, (apart) => apart > 0 && apart <= 5));
    const x15 = random("on a circle", size, 1);
    const power = Array.from({ length: size }, (_, k) => {
      const wave = (f: (v: number) => number): number =>
        x15.data.reduce((sum, v, t) => sum + v * f((2 * Math.PI * k * t) / size), 0);
      return wave(Math.cos) ** 2 + wave(Math.sin) ** 2;
    });
    const eigenvalue = (k: number): number =>
      [1, 2, 3, 4, 5].reduce((sum, apart) => sum + Math.cos((2 * Math.PI * k * apart) / size) / 5, 0);
    const expected = (depth: number): number => {
      const weights = power.map((p, k) => p * eigenvalue(k) ** (2 * depth));
      const total = weights.reduce((s, w) => s + w, 0);
      return weights.reduce((s, w, k) => s + w * (1 - eigenvalue(k)), 0) / total;
    };
    let usual = x15;
    let own: readonly [Matrix, Matrix] = [x15, { columns: 1, data: new Float64Array(size) }];
    for (let depth = 1; depth <= 32; depth++) {
      usual = multiply(a15, usual);
      own = unitaryConvolution(a15, own);
      expect(rayleigh(a15, usual)).toBeCloseTo(expected(depth), 10);
      expect(rayleigh(a15, ...own)).toBeCloseTo(expected(0), 12);
    }
    // the second largest eigenvalue is left at last
    const second = Math.max(...power.slice(1).map((_, k) => eigenvalue(k + 1) ** 2));
    expect(expected(32) / expected(31)).toBeCloseTo(second, 5);
    expect(expected(32)).toBeLessThan(1e-12);
  });
});

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));

describe("depth", () => {
  const scope = { scale: "quick", catalogue: builtIn } as const;
  const [task] = unitary.tasks(scope).first!;
  let found: UnitaryDepths;
  beforeAll(async () => {
    [found] = await foundBy(unitary, task, scope);
  });
  const at = (network: string, depth: number) =>
    found.networks.find((x) => x.network === network)!.layers.find((l) => l.depth === depth)!;

  it("makes nodes alike through usual convolutions, not through unitary ones", () => {
    for (const depth of [1, 4, 32])
      for (const linear of ["unitary, linear", "Lie, linear"]) {
        expect(at(linear, depth).rayleigh).toBeCloseTo(found.input, 11);
        expect(at(linear, depth).norm).toBeCloseTo(1, 11);
      }
    const usual = [1, 2, 4, 8, 16].map((depth) => at("convolution, linear", depth).rayleigh);
    for (let i = 1; i < usual.length; i++) expect(usual[i]).toBeLessThan(usual[i - 1]);
    expect(usual[4]).toBeLessThan(1e-4);
    expect(at("convolution, relu", 16).rayleigh).toBeLessThan(1e-4);
  });

  it("ends the theorem with non-linearities: relu loses the norm, group sort keeps it", () => {
    expect(at("unitary, relu", 32).norm).toBeLessThan(0.2);
    expect(at("Lie, group sort", 32).norm).toBeCloseTo(1, 11);
    expect(at("Lie, group sort", 32).rayleigh).toBeGreaterThan(0.1);
    expect(at("Lie, group sort", 32).rayleigh).toBeLessThan(found.input);
  });

  it("series are off as their remainder allows; without normalisation norms grow", () => {
    for (const { error, bound } of found.truncation) expect(error).toBeLessThanOrEqual(bound + 1e-14);
    expect(found.truncation[0].error).toBeGreaterThan(1e-6);
    expect(found.unnormalised.norm).toBeGreaterThan(5);
    expect(Math.abs(found.unnormalised.ratio - 1)).toBeGreaterThan(0.3);
  });

  it("is drawn with its numbers, and said in words", () => {
    const { document } = parseHTML("<html><body></body></html>");
    expect(unitaryFigure(found, document).rows).toHaveLength(6 * 6);
    expect(unitaryCaption(found)).toMatch(/unitary, linear \d\.\d+, norm 1\.0 \(32 layers\)/);
  });
});
