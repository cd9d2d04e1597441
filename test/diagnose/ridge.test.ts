/** Ridge regression by products of functions, and of examples where these are fewer: the same predictions. */

import { expect, it } from "vitest";
import { keyFor, normals } from "../../src/base/random.ts";
import { ridgeOn } from "../../src/diagnose/learners/ridge.ts";
import type { HeldOut } from "../../src/diagnose/learners/learner.ts";

it("predicts the same where every function is there three times", async () => {
  const [n, count] = [40, 20];
  const values = normals(keyFor("values"), new Float64Array(n * count));
  const noise = normals(keyFor("noise"), new Float64Array(n));
  const y = noise.map((e, i) => 0.1 * e + values[i] + values[n + i]);
  const data = { y, train: 20, validation: 10, test: 10 } as HeldOut;
  const thrice = Float64Array.from({ length: 3 * n * count }, (_, at) => values[at % (n * count)]);
  const [once, often] = [await ridgeOn(values, data), await ridgeOn(thrice, data)];
  // the penalty is relative to the mean diagonal: with as many functions as examples it is the same for both
  once.forEach((h, i) => expect(often[i]).toBeCloseTo(h, 5));
});
