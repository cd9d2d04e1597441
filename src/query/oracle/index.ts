/** Oracles: honest ones from samples or a population, and the adversary that gives away as little as it may. */

export { adversary, excludedAtMost, type Adversary } from "./adversary.ts";
export { membersOn, spectrumOf, type Members, type Spectrum } from "./members.ts";
export type { Correlated } from "./population.ts";
export type { BlockSums, Correlations, FunctionBlock, Oracle, QueryBlock, StatisticBlock } from "./oracle.ts";
export { samplePopulation, type Population, type Signals } from "./population.ts";
export type { PopulationGram } from "./population-gram.ts";
export { populationOracle, samplingOracle, type HiddenTarget, type Noise } from "./target-oracle.ts";
