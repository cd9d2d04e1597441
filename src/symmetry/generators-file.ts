/** Groups from a file: `{"degree": n, "generators": [[images of 0..n-1], ...]}`. The caller reads the file. */

import * as z from "zod/mini";
import { parseJson } from "../base/json.ts";
import { integer, parseWith } from "../base/schema.ts";
import { requirePermutation, type Permutation } from "./permutation.ts";
import { GENERATED_DEGREE_LIMIT } from "./schreier-sims.ts";

const GENERATORS_LIMIT = 10_000;

const schema = z.strictObject({
  degree: integer(1, GENERATED_DEGREE_LIMIT),
  generators: z.array(z.array(z.number())).check(z.maxLength(GENERATORS_LIMIT)),
});

/**
 * Generators from the file's text.
 * @throws InputError for text that is not JSON, wrong fields, mixed degrees and lists that are no permutations
 */
export function parseGenerators(
  text: string,
  where: string,
): { readonly degree: number; readonly generators: Permutation[] } {
  const document = parseJson(text, where, '{"degree": n, "generators": [[images of 0..n-1], ...]}');
  const { degree, generators } = parseWith(schema, document, where);
  return {
    degree,
    generators: generators.map((images, i) =>
      requirePermutation(images, degree, `${where}: generators[${i}]`),
    ),
  };
}

/** The text of a generators' file, which `parseGenerators` reads. */
export function printGenerators(degree: number, generators: readonly Permutation[]): string {
  return JSON.stringify({ degree, generators: generators.map((g) => Array.from(g)) });
}
