/** What a family's teacher answers: its weights put into the student class and evaluated by jax-js itself. */

import { expect } from "vitest";
import type { Samples } from "../../src/distribution/law.ts";
import { defaultDevice, init, numpy as np } from "../../src/engine/lower/jax.ts";
import { studentOf, type Family, type StudentOptions } from "../../src/family/family.ts";
import type { Instance } from "../../src/family/instance.ts";

export async function teacherOutputs(
  family: Family,
  instance: Instance,
  options: StudentOptions,
  samples: Samples,
): Promise<number[]> {
  await init("wasm");
  defaultDevice("wasm");
  const network = studentOf(family, instance, options);
  const weights = family.teacher!(instance, options);
  expect(Object.keys(weights)).toEqual(Object.keys(network.weights));
  const arrays = Object.fromEntries(
    Object.entries(weights).map(([k, w]) => [k, np.array(w).reshape([...network.weights[k]])]),
  );
  const inputs = Object.fromEntries(
    Object.entries(network.encode(samples)).map(([k, x]) => [
      k,
      np.array(x).reshape([samples.count, ...network.inputs[k]]),
    ]),
  );
  return Array.from(network.forward(arrays, inputs).dataSync());
}
