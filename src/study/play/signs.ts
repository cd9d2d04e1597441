/**
 * The adversary of the lower bound in a world small enough to know exactly: all products of a few signs, on every
 * input. One asks it for correlations with sums of these functions, or leaves that to gradient descent.
 */

import { keyFor } from "../../base/random.ts";
import type { Samples } from "../../distribution/law.ts";
import { descend } from "../../learner/csq-gradient-descent.ts";
import { initialise } from "../../network/initialise.ts";
import { mlp } from "../../network/mlp.ts";
import { parity } from "../../numeric/integers.ts";
import { adversary, excludedAtMost, type Adversary } from "../../query/oracle/adversary.ts";
import { membersOn, spectrumOf } from "../../query/oracle/members.ts";
import type { Population } from "../../query/oracle/population.ts";
import type { MemberList } from "../../query/members.ts";

export interface SignsSpec {
  /** Signs of an input. */
  readonly bits: number;
  readonly tau: number;
  /** Questions in order, each the functions whose sum is asked about. */
  readonly asked: readonly (readonly number[])[];
  /** Questions up to which gradient descent goes on from there; it ends its step, and 0 asks none. */
  readonly descent: number;
}

/** What is left after so many questions. */
export interface Left {
  readonly asked: number;
  readonly alive: readonly number[];
}

/** What is known of the world before any question. */
export interface Signs {
  readonly bits: number;
  readonly tau: number;
  /** The functions: products of signs. */
  readonly names: readonly string[];
  /** The largest eigenvalue of their Gram matrix. */
  readonly lambda: number;
  /** A question excludes at most so many. */
  readonly excludedPerQuery: number;
  /** Inputs, each as likely as any other. */
  readonly population: number;
}

/** A game up to now. */
export interface SignsGame extends Signs {
  readonly schema: "equihard.play-signs/1";
  /** Before the first question, and after each one. */
  readonly left: readonly Left[];
}

/** Every vector of signs once. */
function cube(bits: number): Population {
  const count = 2 ** bits;
  const data = Float32Array.from({ length: count * bits }, (_, at) => {
    const [x, j] = [Math.floor(at / bits), at % bits];
    return 1 - 2 * ((x >> j) & 1);
  });
  return { points: { count, shape: [bits], data } };
}

/** The products over all sets of signs: characters, orthogonal on the cube. */
function products(bits: number): MemberList {
  const classesOf = ({ count, data }: Samples): Int32Array =>
    Int32Array.from({ length: count }, (_, x) => {
      let word = 0;
      for (let j = 0; j < bits; j++) if (data[x * bits + j] < 0) word |= 1 << j;
      return word;
    });
  return {
    count: 2 ** bits,
    law: { id: "cube", shape: [bits], sample: () => cube(bits).points },
    values: (samples, from, to) => {
      const classes = classesOf(samples);
      return Float32Array.from({ length: (to - from) * samples.count }, (_, at) => {
        const member = from + Math.floor(at / samples.count);
        return 1 - 2 * parity(member & classes[at % samples.count]);
      });
    },
    characters: { bits, classesOf },
    hidden: (index) => ({ set: index }),
  };
}

/** @param told is told how it stands after every question, and after every step of the descent */
export async function playSigns(
  spec: SignsSpec,
  told: (game: SignsGame) => void = () => {},
): Promise<SignsGame> {
  const { bits, tau, asked, descent } = spec;
  const population = cube(bits);
  const list = products(bits);
  const members = await membersOn(list, population);
  const { lambda } = await spectrumOf(list, members, keyFor("signs"));
  const opponent = adversary(members, tau, true);
  const world: Signs = {
    bits,
    tau,
    names: Array.from({ length: list.count }, (_, i) => nameOf(i, bits)),
    lambda,
    excludedPerQuery: excludedAtMost(lambda, tau, members.lost),
    population: population.points.count,
  };
  const left: Left[] = [];
  const tell = (): SignsGame => {
    left.push({ asked: opponent.oracle.asked(), alive: opponent.survivors() });
    const game: SignsGame = { schema: "equihard.play-signs/1", ...world, left: [...left] };
    told(game);
    return game;
  };
  let game = tell();
  for (const chosen of asked) {
    const coefficients = new Float64Array(members.count);
    for (const i of chosen) coefficients[i] = 1;
    await opponent.oracle.correlations(members.combinations(coefficients, 1));
    game = tell();
  }
  if (descent > 0) await descends(bits, descent, opponent, () => (game = tell()));
  return game;
}

/** A small network descends, every entry of its gradient a question. */
async function descends(bits: number, queries: number, opponent: Adversary, told: () => void): Promise<void> {
  const { oracle } = opponent;
  const network = mlp({ inputs: bits, layers: 1, width: 4 });
  const hypothesis = await descend(oracle, {
    network,
    weights: initialise(network, keyFor("lab", "initial weights")),
    steps: queries,
    lr: 0.03,
    onStep: () => {
      told();
      return oracle.asked() < queries && opponent.survivors().length > 1;
    },
  });
  await hypothesis.dispose();
}

const lower = "₁₂₃₄₅₆";

/** A product as it is written: x₁x₃, or 1 for that of no sign. */
const nameOf = (set: number, bits: number): string =>
  Array.from({ length: bits }, (_, j) => (((set >> j) & 1) === 1 ? `x${lower[j]}` : "")).join("") || "1";
