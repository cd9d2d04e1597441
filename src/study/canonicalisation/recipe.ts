/** Regularity exponents of all maps, one a seed, and learning curves of all targets. */

import * as z from "zod/mini";
import { keyFor } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import type { Recipe } from "../../run/catalogue.ts";
import { contrastsOf } from "./fits.ts";
import { mapNames, regularityOf } from "./regularity.ts";
import type { Canonicalisation } from "./study.ts";

const schema = z.strictObject({
  seeds: z.array(integer(0, Number.MAX_SAFE_INTEGER)).check(z.minLength(1)),
  pairs: integer(100, 1_000_000),
  repetitions: integer(2, 1000),
  /** Above 36: least squares has up to 35 parameters. */
  samples: z.array(integer(40, 1_000_000)).check(z.minLength(2)),
  noise: z.number().check(z.gt(0), z.lt(1000)),
});

export const canonicalisation: Recipe = async (given, { signal, onProgress }) => {
  const { seeds, pairs, ...fits } = parseWith(schema, given, "canonicalisation");
  const exponents = mapNames.map((map, i) => {
    signal?.throwIfAborted();
    onProgress?.(`regularity: ${map}`, i / (mapNames.length + 1));
    return regularityOf(
      map,
      seeds.map((seed) => keyFor("regularity exponent", seed)),
      pairs,
    );
  });
  onProgress?.("least squares", mapNames.length / (mapNames.length + 1));
  const found: Canonicalisation = {
    exponents,
    contrasts: contrastsOf(keyFor("canonicalisation", seeds[0]), fits),
  };
  return found;
};
