/** Nearest neighbours on inputs that tie: the guesses are those of the data, not of a product's rounding. */

import { expect, it } from "vitest";
import { bits, keyFor } from "../../src/base/random.ts";
import type { LabelledData } from "../../src/dataset/labelled.ts";
import { actOn } from "../../src/diagnose/action.ts";
import { heldOut } from "../../src/diagnose/learners/compare.ts";
import { nearestNeighbours } from "../../src/diagnose/learners/nearest-neighbours.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";

const [count, n] = [240, 24];
const words = bits(keyFor("points on a lattice"), new Uint32Array(count * n));
const labels = Float64Array.from({ length: count }, (_, e) => words[e * n] / 2 ** 31 - 1);

/** Guesses from the same examples, their coordinates in another order. */
async function guessesIn(order: readonly number[]): Promise<Float64Array> {
  // few are 1, so that a spread is no power of two and the standardised numbers have to be rounded
  const inputs = Float64Array.from({ length: count * n }, (_, at) =>
    words[Math.floor(at / n) * n + order[at % n]] % 7 === 0 ? 1 : 0,
  );
  const data: LabelledData = { kind: "vectors", label: "y", count, total: count, shape: [n], padded: 0, inputs, labels }; // prettier-ignore
  const held = heldOut(actOn(data, parseGroup("trivial:1")), 1);
  const learned = await nearestNeighbours.learn({
    data: held,
    degree: 1,
    key: keyFor("own"),
    told: () => {},
  });
  if (typeof learned === "string") throw new Error(learned);
  return learned.predictions;
}

it("are the same whichever coordinate is summed first", async () => {
  const order = Array.from({ length: n }, (_, j) => j);
  const here = await guessesIn(order);
  expect(await guessesIn(order.toReversed())).toEqual(here);
  expect(await guessesIn([...order.slice(7), ...order.slice(0, 7)])).toEqual(here);
  expect(new Set(here).size).toBeGreaterThan(here.length / 2);
});
