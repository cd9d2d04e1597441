/**
 * Independent invariants: functions z_1..z_m of an input x that a group leaves alone, that are independent under
 * the input law, and each of which has a known law with known orthonormal polynomials. Polynomials in them are the
 * family `invariant-polynomial`.
 */

import { reject, requireChoice } from "../base/errors.ts";
import { product } from "../base/product.ts";
import { foldIn, normals, stream, uniforms, type Key } from "../base/random.ts";
import { chiSquareDifference } from "../numeric/chi-square-difference.ts";
import { chiSquare, exponential, hermite, legendre, type PolynomialLaw } from "../numeric/orthonormal.ts";
import { boosted, euclidean, lorentzian, minkowskiLengths, type Metric } from "./minkowski-lengths.ts";
import { powerSpectrum, randomShift } from "./power-spectrum.ts";
import { actByOrthogonal, squaredLengths } from "./rotation-lengths.ts";

/** Invariants z_1..z_m of a raw input under its group, each with the orthonormal polynomials of its law. */
export interface Invariants {
  /** Its name, from which `parseInvariants` makes it again: `rotations:3`. */
  readonly name: string;
  /** The number m of invariants. */
  readonly variables: number;
  /** Shape of one raw input. */
  readonly shape: readonly number[];
  /** Law of the raw input's entries, which are independent. */
  readonly inputLaw: "gaussian" | "uniform";
  /** The group that leaves z alone, in words. */
  readonly group: string;
  /** Whether z_1..z_m are independent; false only for the negative control. */
  readonly independent: boolean;
  /** Inputs are m vectors of a space with this metric, whose isometries leave z alone; absent where they are not. */
  readonly metric?: Metric;
  /** The invariants are the raw inputs themselves: nothing acts. */
  readonly raw?: boolean;
  /** The law of every z_j, with its orthonormal polynomials. */
  readonly law: PolynomialLaw;
  /** Draws `count` raw inputs, flat and row-major. */
  sample(key: Key, count: number): Float64Array;
  /** z_j of input i at i * variables + j. */
  map(inputs: ArrayLike<number>, count: number): Float64Array;
  /** A random group element, another one for every key, applied to one input. */
  act(key: Key, input: ArrayLike<number>): Float64Array;
}

interface Kind {
  readonly kind: string;
  readonly documentation: string;
  /** Whether the name carries a size, `rotations:q`. */
  readonly sized: boolean;
  make(m: number, q: number): Invariants;
}

const VARIABLES_LIMIT = 10_000;
const ENTRIES_LIMIT = 100_000;

const signFlips: Kind = {
  kind: "sign-flips",
  documentation: "z_i = x_i^2, x Gaussian: chi^2 with 1 degree of freedom; the group flips signs",
  sized: false,
  make: (m) => ({
    ...gaussian("sign-flips", [m], m),
    group: `(Z/2)^${m}, signs of the coordinates`,
    law: chiSquare(1),
    metric: euclidean(1),
    map: (x) => Float64Array.from(x, (value) => value * value),
    act(key, x) {
      const draws = stream(key);
      return Float64Array.from(x, (value) => (draws.below(2) === 0 ? value : -value));
    },
  }),
};

const rotations: Kind = {
  kind: "rotations",
  documentation: "z_i = |v_i|^2 for m Gaussian vectors of length q: chi^2_q; the group is O(q)^m",
  sized: true,
  make: (m, q) => ({
    ...gaussian(`rotations:${q}`, [m, q], m),
    group: `O(${q})^${m}, each vector by its own orthogonal matrix`,
    law: chiSquare(q),
    metric: euclidean(q),
    map: (x, count) => squaredLengths(x, count * m, q),
    act: (key, x) => actByOrthogonal(key, x, q),
  }),
};

const lorentz: Kind = {
  kind: "lorentz",
  documentation:
    "z_i = |v_i|^2 - t_i^2 for m Gaussian vectors of q space coordinates and one of time; the group is O(1,q)^m",
  sized: true,
  make: (m, q) => ({
    ...gaussian(`lorentz:${q}`, [m, q + 1], m),
    group: `O(1,${q})^${m}, each vector by its own Lorentz transformation`,
    law: chiSquareDifference(q),
    metric: lorentzian(q + 1),
    map: (x) => minkowskiLengths(x, q),
    act: (key, x) => boosted(key, x, q),
  }),
};

const spectrum: Kind = {
  kind: "power-spectrum",
  documentation:
    "z_j = |sum_s x_s e^(-2 pi i j s/n)|^2/n, n = 2m+1, j = 1..m, x Gaussian: Exp(1); cyclic shifts",
  sized: false,
  make: (m) => ({
    ...gaussian("power-spectrum", [2 * m + 1], m),
    group: `Z/${2 * m + 1}, cyclic shifts of the signal`,
    law: exponential,
    map: powerSpectrum(m),
    act: randomShift,
  }),
};

const plainHermite: Kind = {
  kind: "hermite",
  documentation: "z = x, standard normal, no group: Hermite polynomials",
  sized: false,
  make: (m) => ({ ...gaussian("hermite", [m], m), ...withoutGroup(hermite) }),
};

const plainLegendre: Kind = {
  kind: "legendre",
  documentation: "z = x, uniform on [-1, 1], no group: Legendre polynomials",
  sized: false,
  make: (m) => ({
    ...gaussian("legendre", [m], m),
    ...withoutGroup(legendre),
    inputLaw: "uniform",
    sample(key, count) {
      const out = uniforms(key, new Float64Array(count * m));
      for (let i = 0; i < out.length; i++) out[i] = 2 * out[i] - 1;
      return out;
    },
  }),
};

/** Every kind; a new one is a constant above, its test and a line here. */
const kinds: readonly Kind[] = [signFlips, rotations, lorentz, spectrum, plainHermite, plainLegendre];

/** Names, one line each, as `families` shows them. */
export const invariantKinds = kinds.map(({ kind, documentation, sized }) => ({
  name: sized ? `${kind}:q` : kind,
  documentation,
}));

/**
 * The invariants of a name.
 * @param text `sign-flips`, `rotations:q`, `lorentz:q`, `power-spectrum`, `hermite` or `legendre`
 * @param variables how many invariants, 1 to 10,000
 * @throws InputError for other names and sizes; for `cube` (inputs +-1) with the reason
 */
export function parseInvariants(text: string, variables: number, where = "invariants"): Invariants {
  const [head, size, ...more] = text.split(":");
  if (head === "cube" || head === "hypercube" || head === "signs")
    reject({
      where,
      what: [
        `"${text}": inputs +-1 have x^2 = 1, so no polynomial beyond degree 1 is left in one variable`,
        "and Growing-Basis has no test function",
      ].join(" "),
      allowed: invariantKinds.map((k) => k.name).join(", "),
    });
  const name = requireChoice(
    head,
    kinds.map((k) => k.kind),
    where,
  );
  const kind = kinds.find((k) => k.kind === name) as Kind;
  const q = size !== undefined && /^[0-9]{1,6}$/.test(size) ? Number(size) : NaN;
  if (more.length > 0 || (kind.sized ? !(q >= 1) : size !== undefined))
    reject({
      where,
      what: `"${text}" is not a kind of invariants`,
      allowed: kind.sized ? `${name}:q, q >= 1` : name,
    });
  if (!Number.isInteger(variables) || variables < 1 || variables > VARIABLES_LIMIT)
    reject({
      where: "variables",
      what: `${variables} is no number of invariants`,
      allowed: `1 to ${VARIABLES_LIMIT}`,
    });
  const made = kind.make(variables, q);
  const entries = product(made.shape);
  if (entries > ENTRIES_LIMIT)
    reject({
      where,
      what: `${text} with ${variables} variables has inputs of ${entries} numbers`,
      allowed: `at most ${ENTRIES_LIMIT}`,
    });
  return made;
}

/**
 * The negative control: power sums z_j = sum_i x_i^j of one Gaussian vector, scaled to variance 1. They generate all
 * symmetric polynomials, but z_1 and z_3 (and z_2 and z_4) are correlated.
 */
export function powerSums(m: number): Invariants {
  const moment = (j: number): number => (j % 2 === 1 ? 0 : doubleFactorial(j - 1));
  return {
    ...gaussian("power-sums", [m], m),
    independent: false,
    group: `S_${m}, permutations of the coordinates`,
    law: hermite,
    map(x, count) {
      const z = new Float64Array(count * m);
      for (let i = 0; i < count; i++)
        for (let j = 1; j <= m; j++) {
          let sum = 0;
          for (let s = 0; s < m; s++) sum += x[i * m + s] ** j - moment(j);
          z[i * m + j - 1] = sum / Math.sqrt(m * (moment(2 * j) - moment(j) ** 2));
        }
      return z;
    },
    act(key, x) {
      const draws = stream(key);
      const out = Float64Array.from(x);
      for (let i = out.length - 1; i > 0; i--) {
        const j = draws.below(i + 1);
        [out[i], out[j]] = [out[j], out[i]];
      }
      return out;
    },
  };
}

function gaussian(name: string, shape: readonly number[], variables: number) {
  const entries = product(shape);
  return {
    name,
    variables,
    shape,
    inputLaw: "gaussian" as const,
    independent: true,
    sample: (key: Key, count: number) => normals(key, new Float64Array(count * entries)),
  };
}

function withoutGroup(law: PolynomialLaw) {
  return {
    group: "none",
    raw: true,
    law,
    map: (x: ArrayLike<number>) => Float64Array.from(x),
    act: (_: Key, x: ArrayLike<number>) => Float64Array.from(x),
  };
}

function doubleFactorial(n: number): number {
  return n <= 1 ? 1 : n * doubleFactorial(n - 2);
}

/** Largest |z(g x) - z(x)|, relative to 1 + |z(x)|, over `count` inputs, each moved by its own random g. */
export function invarianceError(invariants: Invariants, key: Key, count: number): number {
  const entries = product(invariants.shape);
  const inputs = invariants.sample(foldIn(key, "inputs"), count);
  const before = invariants.map(inputs, count);
  let worst = 0;
  for (let i = 0; i < count; i++) {
    const x = inputs.subarray(i * entries, (i + 1) * entries);
    const after = invariants.map(invariants.act(foldIn(key, i), x), 1);
    for (let j = 0; j < after.length; j++) {
      const z = before[i * invariants.variables + j];
      worst = Math.max(worst, Math.abs(after[j] - z) / (1 + Math.abs(z)));
    }
  }
  return worst;
}
