/**
 * Families of neighbouring works, which the paper does not speak of; a new one is its folder and a line here. The
 * command line knows them by id; a program that imports the package brings them by value (`equihard/neighbours`), so
 * that nobody's bundle carries what it does not use.
 */

import { biasedNeuron } from "./biased-neuron/index.ts";
import { curveParity } from "./curve-parity/index.ts";
import type { Family } from "./family.ts";
import { families } from "./registry.ts";

export type { BiasedNeuronHidden } from "./biased-neuron/family.ts";
export type { BiasedNeuronValues } from "./biased-neuron/params.ts";
export type { CurveParityHidden } from "./curve-parity/family.ts";
export type { CurveParityValues } from "./curve-parity/params.ts";
export { biasedNeuron, curveParity };

/** The neighbours, in the order in which they are listed. */
export const neighbours: readonly Family[] = [curveParity, biasedNeuron];

/** All that the command line knows. */
export const everyFamily: readonly Family[] = [...families, ...neighbours];
