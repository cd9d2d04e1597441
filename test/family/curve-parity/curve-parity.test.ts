import { describe, expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { certify, verify } from "../../../src/family/certify.ts";
import { forge } from "../../../src/family/forge.ts";
import { curveLaw, curvePoints, drawPoints } from "../../../src/family/curve-parity/curve.ts";
import { curveParity as family } from "../../../src/family/curve-parity/index.ts";
import { broughtBack, isometry, placedLaw } from "../../../src/family/curve-parity/twin.ts";
import { drawInstance } from "../../../src/family/draw.ts";
import { lawOf } from "../../../src/family/instance.ts";
import { f2Elimination } from "../../../src/learner/f2-elimination.ts";
import { nearestNeighbour } from "../../../src/learner/nearest-neighbour.ts";

/** Word j as bits, least first. */
const indexBits = (j: number, n: number): number[] => Array.from({ length: n }, (_, i) => (j >>> i) & 1);
const at = (j: number, angle: number, n: number): Float64Array =>
  curvePoints(Uint32Array.from(indexBits(j, n)), Float64Array.of(angle), n);
const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.sqrt(Array.from(a).reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0));

describe("the Gray-code curve", () => {
  const n = 5;
  const arcs = Array.from({ length: 2 ** n }, (_, j) => j);

  it("is closed and smooth: an arc ends where the next one starts, in its direction", () => {
    const half = Math.PI / 2;
    for (const j of arcs) {
      const next = (j + 1) % 2 ** n;
      const h = 1e-6;
      expect(distance(at(j, half, n), at(next, 0, n))).toBeLessThan(1e-12);
      const leaves = at(j, half, n).map((x, i) => (x - at(j, half - h, n)[i]) / h);
      const enters = at(next, h, n).map((x, i) => (x - at(next, 0, n)[i]) / h);
      expect(distance(leaves, enters)).toBeLessThan(1e-5);
    }
  });

  it("visits the corners in the order of the code, at distance 1/2 of its arcs' centres", () => {
    for (const j of arcs) {
      const corner = indexBits(j ^ (j >>> 1), n);
      expect(Array.from(at(j, Math.PI / 4, n), (x) => (x > 0.5 ? 1 : 0))).toEqual(corner);
      const middle = at(j, 0, n).map((x, i) => x + at(j, Math.PI / 2, n)[i] - corner[i]);
      for (const angle of [0, 0.3, 1.1]) expect(distance(at(j, angle, n), middle)).toBeCloseTo(0.5, 12);
    }
  });

  it("has the length 2^n pi/4", () => {
    const [steps, quarter] = [64, Math.PI / 2];
    let length = 0;
    for (const j of arcs)
      for (let i = 0; i < steps; i++)
        length += distance(at(j, (i / steps) * quarter, n), at(j, ((i + 1) / steps) * quarter, n));
    // chords of so small arcs are shorter by 3e-5 of their length
    expect(length / ((2 ** n * Math.PI) / 4)).toBeCloseTo(1, 4);
  });

  it("lies on a sphere of radius sqrt(n - 1)/2, and has reach 1/2", () => {
    const points = drawPoints(keyFor("sphere"), n, 200);
    for (let s = 0; s < 200; s++)
      expect(distance(points.subarray(s * n, (s + 1) * n), new Float64Array(n).fill(0.5))).toBeCloseTo(1, 12);
    // Federer: reach = inf |a - b|^2 / (2 dist(b - a, tangent at a))
    let least = Infinity;
    const h = 1e-6;
    for (const j of arcs)
      for (const angle of [0.2, 0.8, 1.4]) {
        const a = at(j, angle, n);
        const tangent = at(j, angle + h, n).map((x, i) => ((x - a[i]) / h) * 2);
        for (const other of arcs)
          for (const far of [0.1, 0.7, 1.3]) {
            const chord = at(other, far, n).map((x, i) => x - a[i]);
            const along = chord.reduce((sum, x, i) => sum + x * tangent[i], 0);
            const across = Math.sqrt(Math.max(0, chord.reduce((sum, x) => sum + x * x, 0) - along ** 2));
            const length = chord.reduce((sum, x) => sum + x * x, 0);
            if (length > 1e-9) least = Math.min(least, length / (2 * across));
          }
      }
    expect(least).toBeGreaterThan(0.5 - 1e-4);
    expect(least).toBeLessThan(0.52);
  });

  it("has no coordinate of 1/2 in 32 bits, and uniform corners", () => {
    const { data } = curveLaw(3).sample(keyFor("uniform"), 40_000);
    expect(data.every((x) => x !== 0.5)).toBe(true);
    const counts = new Float64Array(8);
    for (let s = 0; s < 40_000; s++)
      counts[[0, 1, 2].reduce((word, i) => word + (data[3 * s + i] > 0.5 ? 1 << i : 0), 0)]++;
    for (const count of counts) expect(Math.abs(count - 5000)).toBeLessThan(6 * Math.sqrt(5000));
  });
});

describe("certificates of curve-parity", () => {
  it.each([
    [{ n: 8 }, "255"],
    [{ n: 40 }, "1099511627775"],
    [{ n: 40, size: 10 }, "847660528"],
    [{ n: 200 }, `${2n ** 200n - 1n}`],
  ])("%j: %s orthogonal functions, statistical queries, verified", async (params, count) => {
    const certificate = await certify(family, params);
    expect(certificate).toMatchObject({
      model: "SQ",
      functions: { count },
      gram: { method: "orthogonal", lambdaMax: 1 },
    });
    expect(`${certificate.dimension.spectral}`).toBe(count);
    expect((await verify(certificate, { families: [family] })).valid).toBe(true);
  });

  it("do not depend on what an instance hides, nor pass with one function more", async () => {
    const plain = await certify(family, { n: 12 });
    expect(await certify(family, { n: 12, subset: [3, 1], twinBits: 4 })).toEqual(plain);
    const more = forge(plain, { functions: "4096" }, {}, {}, family as never);
    expect(more.dimension.spectral).toBe(4096);
    const { valid, checks } = await verify(more, { families: [family] });
    expect(valid).toBe(false);
    expect(checks.filter((c) => !c.ok).map((c) => c.name)).toEqual(["functions"]);
  });
});

describe("instances of curve-parity", () => {
  const instance = (params: object, seed = 0) => drawInstance(family, family.parse(params), seed);

  it("label by the hidden set, and refuse what is none", () => {
    const { hard, law, hidden } = instance({ n: 6, subset: [4, 1] });
    const samples = law.sample(keyFor("labels"), 100);
    expect(hidden.subset).toEqual([1, 4]);
    const expected = Array.from({ length: 100 }, (_, s) => {
      const bit = (i: number): number => (samples.data[6 * s + i] > 0.5 ? 1 : 0);
      return bit(1) === bit(4) ? 1 : -1;
    });
    expect(Array.from(hard.label(samples))).toEqual(expected);
    for (const wrong of [
      { subset: [6] },
      { subset: [1, 1] },
      { size: 7 },
      { twinBits: 7 },
      { size: 3, subset: [1] },
    ])
      expect(() => family.parse({ n: 6, ...wrong })).toThrow();
  });

  it("have a twin on the curve of few bits, moved by an isometry", () => {
    const [b, n] = [4, 9];
    const rows = isometry(keyFor("isometry"), b, n);
    for (let i = 0; i < b; i++)
      for (let j = 0; j <= i; j++) {
        const dot = rows.subarray(i * n, (i + 1) * n).reduce((sum, v, t) => sum + v * rows[j * n + t], 0);
        expect(dot).toBeCloseTo(i === j ? 1 : 0, 12);
      }
    const placed = { b, n, rows };
    const samples = placedLaw(placed).sample(keyFor("twin"), 50);
    const back = broughtBack(samples.data, placed);
    const own = drawPoints(keyFor(keyFor("twin"), "twin"), b, 50);
    expect(back).toHaveLength(own.length);
    const drawn = instance({ n: 9, twinBits: 4 });
    expect(lawOf(drawn, drawn.easy)).not.toBe(drawn.law);
    const twins = lawOf(drawn, drawn.easy).sample(keyFor("x"), 2000);
    expect(Math.abs(drawn.easy.label(twins).reduce((a, y) => a + y, 0))).toBeLessThan(6 * Math.sqrt(2000));
  });
});

describe("learners of curve-parity", () => {
  const job = (params: object, seed = 0) => ({
    family: family as never,
    instance: drawInstance(family, family.parse(params), seed),
    seed,
  });

  it("elimination finds S from little more than n examples", async () => {
    const { exact, recovered } = await f2Elimination.learn({
      ...job({ n: 40 }),
      easy: false,
      options: { samples: 60 },
    });
    expect(exact).toBe(true);
    expect(recovered).toMatchObject({
      subset: drawInstance(family, family.parse({ n: 40 }), 0).hidden.subset,
    });
  });

  /**
   * How often the nearest of N = r 2^b examples on the curve itself, unrolled, has another label: distances to it are
   * exponential, of mean 1/(2 r) arcs, to either side.
   */
  function expectedError(b: number, r: number, set: readonly number[]): number {
    const label = (j: number): number =>
      set.reduce((sign, i) => (((j ^ (j >>> 1)) >>> i) & 1 ? -sign : sign), 1);
    const labels = Array.from({ length: 2 ** b }, (_, j) => label(j));
    const [places, far] = [20, 400];
    let error = 0;
    for (let arc = 0; arc < labels.length; arc++)
      for (let u = 0; u < places; u++)
        for (let x = 0; x < far; x++) {
          const reach = -Math.log1p(-(x + 0.5) / far) / (2 * r);
          for (const side of [-1, 1]) {
            const place = Math.floor(arc + (u + 0.5) / places + side * reach) & (labels.length - 1);
            error += Number(labels[arc] !== labels[place]) / (2 * places * far * labels.length);
          }
        }
    return error;
  }

  // the design's .31, .19, .09, .04 are of sets of mean speed; each set has its own, which the curve tells
  it.each([
    [1, 0.31], [2, 0.19], [4, 0.09], [8, 0.04],
  ])("the nearest of %i 2^b examples errs as on a line, about as the design's %d", async (r, design) => {
    for (const [b, seed] of [[6, 1], [7, 2]]) {
      const own = job({ n: 12, twinBits: b }, seed);
      const { final } = await nearestNeighbour.learn({ ...own, easy: true, options: { samples: r * 2 ** b } }); // prettier-ignore
      const set = own.instance.hidden.twinSubset;
      const expected = expectedError(b, r, set);
      // few examples leave gaps that one sample has and another has not, and chords are shorter than the curve
      const scatter = 5 * Math.sqrt((expected * (1 - expected)) / (r * 2 ** b));
      expect(Math.abs(1 - final.accuracy! - expected)).toBeLessThan(scatter);
      expect(expected / design).toBeGreaterThan(0.3);
      expect(expected / design).toBeLessThan(1.6);
    }
  }); // prettier-ignore

  it("the nearest neighbour learns the short curve and not the long one", async () => {
    const short = await nearestNeighbour.learn({ ...job({ n: 40 }), easy: true, options: { samples: 1000 } });
    const long = await nearestNeighbour.learn({ ...job({ n: 40 }), easy: false, options: { samples: 1000 } });
    expect(short.final.accuracy).toBeGreaterThan(0.95);
    expect(long.final.accuracy).toBeLessThan(0.55);
  });
});
