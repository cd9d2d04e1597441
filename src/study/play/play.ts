/**
 * `play`: learners against the adversary over an explicit family, survivors after each query beside the certified
 * line. The played law is a finite population of examples, for which the adversary's books, and the line, are exact.
 */

import * as z from "zod/mini";
import type { Checked, JsonObject } from "../../base/checked.ts";
import { foldIn, keyFor, type Key } from "../../base/random.ts";
import { described, integer, parseWith } from "../../base/schema.ts";
import { refuseUnread } from "../../base/options.ts";
import { settledParams, studentOf, type Family } from "../../family/family.ts";
import { descend } from "../../learner/csq-gradient-descent.ts";
import { listOf } from "./list.ts";
import { askGreedily, askLowDegree, askRandomFeatures, coordinatesOf } from "./strategies.ts";
import { initialise } from "../../network/initialise.ts";
import { adversary, excludedAtMost, type Adversary } from "../../query/oracle/adversary.ts";
import { membersOn, spectrumOf, type Members } from "../../query/oracle/members.ts";
import { samplePopulation, type Population } from "../../query/oracle/population.ts";
import { familyIn, type RecipeContext } from "../../run/catalogue.ts";
import { drawInstance } from "../../family/draw.ts";
import type { Instance } from "../../family/instance.ts";
import type { MemberList } from "../../query/members.ts";
import type { Tick } from "../../query/symmetric-tiles.ts";
import { strategies, type Play, type PlayRun, type Strategy } from "./study.ts";

/**
 * What the adversary's books need at the least: with fewer points a finite population is a poor stand-in for the law.
 */
const LEAST_POPULATION = 100_000;

export const playSchema = z.strictObject({
  tau: described(z._default(z.number().check(z.gt(0), z.lt(1)), 0.25), "tolerance of the answers"),
  queries: described(
    z._default(integer(1, 100_000), 500),
    "queries each strategy may ask; gradient descent ends its step",
  ),
  strategy: described(z._default(z.enum([...strategies, "all"]), "all"), "who plays"),
  population: described(
    z._default(integer(1, 10_000_000), LEAST_POPULATION),
    "examples in the played law's population",
  ),
  width: described(z._default(integer(1, 256), 4), "units a layer of the student that descends"),
});
export type PlayOptions = z.output<typeof playSchema>;

/** Share of the progress shown that stands for the members and their spectrum. */
const PREPARED = 0.5;

export interface PlayJob {
  readonly family: Family;
  readonly params: Checked;
  readonly seed: number;
  /** Members to list, for families too large to list whole. */
  readonly count?: number;
  readonly options: Partial<PlayOptions>;
}

type Context = Omit<RecipeContext, "catalogue">;

export async function play(job: PlayJob, context: Context = {}): Promise<Play> {
  const { family, params, seed, options: given } = job;
  const options = parseWith(playSchema, given);
  const asked = options.strategy === "all" ? strategies : [options.strategy];
  refuseUnread(
    { width: given.width },
    asked.includes("gradient") ? ["width"] : [],
    `the strategy ${options.strategy}`,
  );
  const instance = drawInstance(family, params, seed);
  const list = listOf(family, settledParams(family, instance), seed, job.count);
  const key = keyFor("play", family.id, params.json, seed);
  const population = populationOf(list, foldIn(key, "population"), options.population, context);
  const tick = (what: string): Tick => prepared(`${what} of ${list.count} functions`, context);
  const members = await membersOn(list, population, tick("the Gram matrix"), context.doAll);
  const { lambda, confidence, estimate } = await spectrumOf(
    list,
    members,
    foldIn(key, "spectrum"),
    tick("largest eigenvalue"),
  );
  const runs: PlayRun[] = [];
  for (const [i, strategy] of asked.entries()) {
    const shown = (share: number): number => PREPARED + ((1 - PREPARED) * (i + share)) / asked.length;
    const opponent = adversary(members, options.tau, instance.labels === "sign");
    const more = stillOpen(strategy, opponent, options.queries, shown, context);
    await ask[strategy]({
      opponent,
      members,
      family,
      instance,
      seed,
      options,
      more,
      key: foldIn(key, strategy),
    });
    runs.push(runOf(strategy, opponent));
  }
  const excluded = excludedAtMost(lambda, options.tau, members.lost);
  return {
    schema: "equihard.play/1",
    family: { id: family.id, params: params.json },
    tau: options.tau,
    functions: list.count,
    population: options.population,
    lambda,
    confidence,
    ...(estimate === undefined ? {} : { estimate }),
    excludedPerQuery: excluded,
    vacuous: excluded >= list.count - 1,
    runs,
  };
}

const populationOf = (list: MemberList, key: Key, size: number, { signal }: Context): Population => ({
  ...samplePopulation(list.law, key, size),
  ...(signal === undefined ? {} : { signal }),
});

/** Shows how far the preparation is, and gives way to signals and drawing. */
const prepared =
  (what: string, { signal, onProgress }: Context): Tick =>
  async (share) => {
    onProgress?.(what, share * PREPARED);
    await new Promise((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
  };

/** Whether a strategy has something to find out yet; says how far it is. */
const stillOpen =
  (
    strategy: Strategy,
    opponent: Adversary,
    queries: number,
    shown: (share: number) => number,
    { onProgress }: Context,
  ) =>
  (): boolean => {
    const done = Math.min(1, opponent.oracle.asked() / queries);
    onProgress?.(`${strategy}: ${left(opponent)} survivors`, shown(done));
    return left(opponent) > 1;
  };

/** What a strategy plays with. */
interface Game {
  readonly opponent: Adversary;
  readonly members: Members;
  readonly family: Family;
  readonly instance: Instance;
  readonly seed: number;
  readonly options: PlayOptions;
  readonly more: () => boolean;
  readonly key: Key;
}

const budgetOf = ({ options: { queries }, more, members: { block } }: Game) => ({ queries, more, block });

const ask: Readonly<Record<Strategy, (game: Game) => Promise<void>>> = {
  gradient: byGradient,
  random: (game) =>
    askRandomFeatures(game.opponent.oracle, coordinatesOf(game.members.population), game.key, budgetOf(game)),
  "low-degree": (game) =>
    askLowDegree(game.opponent.oracle, coordinatesOf(game.members.population), budgetOf(game)),
  greedy: (game) => askGreedily(game.opponent.oracle, game.members, game.key, budgetOf(game)),
};

const left = ({ history }: Adversary): number => history[history.length - 1];

const LEARNING_RATE = 0.01;

/** CSQ gradient descent on a small student of the family's own architecture; whole steps. */
async function byGradient({
  opponent: { oracle },
  family,
  instance,
  seed,
  options,
  more,
}: Game): Promise<void> {
  const { queries, width } = options;
  const network = studentOf(family, instance, { layers: 2, width, readoutLayers: 1, pool: "mean" });
  const hypothesis = await descend(oracle, {
    network,
    weights: initialise(network, keyFor("initial weights", network.architecture, seed)),
    steps: queries,
    lr: LEARNING_RATE,
    onStep: () => oracle.asked() < queries && more(),
  });
  await hypothesis.dispose();
}

function runOf(strategy: Strategy, { history }: Adversary): PlayRun {
  const last = history.length - 1;
  const curve = history.flatMap((survivors, queries) =>
    queries === 0 || queries === last || survivors !== history[queries - 1] ? [{ queries, survivors }] : [],
  );
  return { strategy, queries: last, survivors: history[last], curve };
}

/** `play` as a recipe: parameters `family`, `params`, `seed`, optionally `count`, and those of `playSchema`. */
export async function playRecipe(given: JsonObject, context: RecipeContext): Promise<JsonObject> {
  const { family: id, params, seed, count, ...options } = given;
  const family = familyIn(context.catalogue, String(id));
  const job = {
    family,
    params: family.parse(params),
    seed: Number(seed ?? 0),
    ...(count === undefined ? {} : { count: Number(count) }),
    options,
  };
  return play(job, context);
}
