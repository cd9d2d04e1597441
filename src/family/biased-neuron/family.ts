/**
 * `biased-neuron`: one relu neuron with a bias, without its part of low degree (after Guo and Vijayaraghavan 2025; the
 * construction is ours). To a learner that correlates with y, what was taken away is noise that hides the direction.
 */

import type { Checked } from "../../base/checked.ts";
import { foldIn, normals, type Key } from "../../base/random.ts";
import { gaussian } from "../../distribution/gaussian.ts";
import { along } from "../../distribution/samples.ts";
import { hermite } from "../../numeric/orthonormal.ts";
import type { Instance, Target } from "../instance.ts";
import { plainMlp } from "../student.ts";
import type { InputVectors } from "../vectors.ts";
import { coefficients, hermiteValues, normSquared, remaining } from "./link.ts";
import { id, type BiasedNeuronValues } from "./params.ts";

/** The unit vector w. */
export type BiasedNeuronHidden = { readonly direction: number[] };
export type BiasedNeuronInstance = Instance<BiasedNeuronValues, BiasedNeuronHidden>;

/** relu(w.x - b) without its part of degree up to `order`. */
function neuron(w: readonly number[], b: number, order: number): Target {
  const removed = coefficients(b, order);
  return {
    label(samples) {
      const t = along(w, samples);
      const h = hermiteValues(t, order);
      return t.map((value, s) =>
        removed.reduce((y, c, l) => y - c * h[l * t.length + s], Math.max(0, value - b)),
      );
    },
    mean: { value: 0, standardError: 0 },
    secondMoment: { value: remaining(b, order), standardError: 0 },
  };
}

export function draw(params: Checked<BiasedNeuronValues>, key: Key): BiasedNeuronInstance {
  const { d, bias, order } = params.values;
  const drawn = normals(foldIn(key, "direction"), new Float64Array(d));
  const length = Math.sqrt(drawn.reduce((sum, x) => sum + x * x, 0));
  const direction = Array.from(drawn, (x) => x / length);
  const whole = normSquared(bias);
  const left = remaining(bias, order);
  return {
    family: id,
    params,
    hidden: { direction },
    facts: { neuronSecondMoment: whole, secondMoment: left, lowDegreeShare: 1 - left / whole },
    labels: "real",
    law: gaussian([d]),
    hard: neuron(direction, bias, order),
    easy: neuron(direction, 0, 0),
    key,
  };
}

export const students = { mlp: plainMlp };

/** What learners without a network read: x itself. */
export const vectors = ({ law }: BiasedNeuronInstance): InputVectors => ({
  dimension: law.shape[0],
  vectors: 1,
  law: hermite,
  generators: [],
  read: ({ data }) => Float64Array.from(data),
});
