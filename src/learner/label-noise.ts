/** Label noise, as an option and as what it does to labels. */

import * as z from "zod/mini";
import { foldIn, normals, stream } from "../base/random.ts";
import { described } from "../base/schema.ts";
import type { Instance, Target } from "../family/instance.ts";

/** The option `noise` of learning and training. */
export const noiseField = described(
  z._default(z.number().check(z.gte(0), z.lte(0.5)), 0),
  "label noise: probability of a flip for labels +-1, else standard deviation over that of the labels",
);

/** Label noise on the labels of batch or chunk `index`, in place: of the instance's key and the number only. */
export function disturb(
  labels: Float64Array,
  { key, labels: kind }: Instance,
  { mean, secondMoment }: Target,
  noise: number,
  index: number,
): void {
  if (noise === 0) return;
  const own = foldIn(foldIn(key, "label noise"), index);
  if (kind === "sign") {
    const { uniform } = stream(own);
    for (let i = 0; i < labels.length; i++) if (uniform() < noise) labels[i] = -labels[i];
    return;
  }
  const spread = noise * Math.sqrt(secondMoment.value - mean.value ** 2);
  const errors = normals(own, new Float64Array(labels.length));
  for (let i = 0; i < labels.length; i++) labels[i] += spread * errors[i];
}
