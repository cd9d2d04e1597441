/** How invariant a smooth function is after canonicalisation by an energy, over random signals and shifts. */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { foldIn, keyFor, normals, stream, type Key } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { mean } from "../../base/statistics.ts";
import { descend, fourier, phaseFrame, shifted, type Energy } from "../../symmetry/phase-frame.ts";
import type { Recipe } from "../../run/catalogue.ts";
import { randomSmooth } from "../smooth-function.ts";
import type { PhaseFrames } from "./study.ts";

const schema = z.strictObject({
  length: integer(3, 1001),
  signals: integer(1, 100_000),
  seeds: z.array(integer(0, Number.MAX_SAFE_INTEGER)).check(z.minLength(1)),
});

type Signal = Float64Array;

/** The angles by which a signal is shifted before the function sees it. */
type Way = (x: Signal, draw: () => number) => readonly number[];

const ways = (template: Signal): Readonly<Record<string, Way>> => ({
  "frequency 1, its one minimiser": (x) => phaseFrame(x, 1),
  "frequency 2, both minimisers": (x) => phaseFrame(x, 2),
  "frequency 2, one of them": (x, draw) => [phaseFrame(x, 2)[draw() < 0.5 ? 0 : 1]],
  "template, by descent": (x) => [descend(templateEnergy(x, template), 0)],
});

/** Half of |exp(s D) x - T|^2 but for a constant, with derivatives by the generator. */
function templateEnergy(x: Signal, template: Signal): (s: number) => Energy {
  const products = Array.from({ length: (x.length - 1) / 2 }, (_, i) => {
    const [a, b] = [fourier(x, i + 1), fourier(template, i + 1)];
    return [a[0] * b[0] + a[1] * b[1], a[1] * b[0] - a[0] * b[1]];
  });
  return (s) =>
    products.reduce<Energy>(
      (sum, [re, im], i) => {
        const k = i + 1;
        const [cos, sin] = [Math.cos(k * s), Math.sin(k * s)];
        const [real, imaginary] = [re * cos + im * sin, im * cos - re * sin];
        return {
          value: sum.value - real,
          slope: sum.slope - k * imaginary,
          curvature: sum.curvature + k * k * real,
        };
      },
      { value: 0, slope: 0, curvature: 0 },
    );
}

/** Changes above this are no rounding. */
const visible = 1e-6;
const perturbation = 1e-5;

export const phaseFrames: Recipe = async (given, { signal, onProgress }) => {
  const { length: n, signals, seeds } = parseWith(schema, given, "phase frames");
  if (n % 2 === 0)
    reject({
      where: "length",
      what: `${n} is even`,
      allowed: "odd: others have a frequency that no shift keeps real",
    });
  const names = Object.keys(ways(new Float64Array(n)));
  const runs = seeds.map((seed, i) => {
    signal?.throwIfAborted();
    onProgress?.("signals", i / seeds.length);
    return ofSeed(keyFor("phase frames", seed), n, signals);
  });
  const found: PhaseFrames = {
    length: n,
    signals: signals * seeds.length,
    ways: names.map((way) => {
      const changes = runs.flatMap((r) => r.changes[way]);
      return { way, largest: Math.max(...changes), changed: mean(changes.map((c) => Number(c > visible))) };
    }),
    perturbation: {
      size: perturbation,
      general: Math.max(...runs.map((r) => r.general)),
      nearZero: Math.max(...runs.map((r) => r.nearZero)),
    },
  };
  return found;
};

function ofSeed(key: Key, n: number, count: number) {
  const all = ways(normals(foldIn(key, "template"), new Float64Array(n)));
  const f = randomSmooth(foldIn(key, "function"), n);
  const { uniform } = stream(foldIn(key, "choices"));
  const value = (way: Way, x: Signal): number => mean(way(x, uniform).map((s) => f(shifted(x, s))));
  const drawn = Array.from({ length: count }, (_, i) => normals(foldIn(key, i), new Float64Array(n)));
  const changes = Object.fromEntries(
    Object.entries(all).map(([name, way]) => [
      name,
      drawn.map((x) => Math.abs(value(way, shifted(x, 2 * Math.PI * uniform())) - value(way, x))),
    ]),
  );
  const byFirst: Way = (x) => phaseFrame(x, 1);
  const jump = (x: Signal, i: number): number => {
    const moved = normals(foldIn(foldIn(key, "perturbation"), i), new Float64Array(n));
    return Math.abs(
      value(
        byFirst,
        x.map((v, t) => v + perturbation * moved[t]),
      ) - value(byFirst, x),
    );
  };
  return {
    changes,
    general: mean(drawn.map(jump)),
    nearZero: mean(drawn.map(withoutFirst).map(jump)),
  };
}

/** The signal with its first frequency all but taken out. */
function withoutFirst(x: Signal): Signal {
  const [re, im] = fourier(x, 1);
  return x.map((v, t) => {
    const angle = (2 * Math.PI * t) / x.length;
    return v - (2 / x.length) * (1 - 1e-6) * (re * Math.cos(angle) - im * Math.sin(angle));
  });
}
