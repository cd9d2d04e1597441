/** Parameters of `invariant-polynomial`. */

import * as z from "zod/mini";
import { parserOf } from "../../base/checked.ts";
import { reject } from "../../base/errors.ts";
import { described, integer } from "../../base/schema.ts";
import { invariantKinds, parseInvariants, type Invariants } from "../../symmetry/invariants.ts";

export const id = "invariant-polynomial";

export const schema = z.strictObject({
  invariants: described(
    z._default(z.string(), "hermite"),
    `kind of independent invariants: ${invariantKinds.map((k) => k.name).join(", ")}`,
  ),
  variables: described(z._default(integer(1, 10_000), 20), "number m of invariants"),
  degree: described(z._default(integer(1, 40), 3), "total degree of every term"),
  terms: described(
    z.optional(integer(1, 10_000)),
    "number of terms, at most one a variable (the easy twin's); absent: 3 where there are as many variables",
  ),
});

export interface InvariantPolynomialValues {
  readonly invariants: Invariants;
  readonly variables: number;
  readonly degree: number;
  readonly terms: number;
}

export const parse = parserOf(id, schema, ({ invariants: name, variables, degree, terms: given }) => {
  const terms = given ?? Math.min(3, variables);
  const invariants = parseInvariants(name, variables);
  if (terms > variables)
    reject({
      where: "terms",
      what: `${terms} terms, but the easy twin has one variable a term and there are ${variables}`,
      allowed: `1 to ${variables}`,
    });
  const json = { invariants: invariants.name, variables, degree, terms };
  return { json, values: { invariants, variables, degree, terms } satisfies InvariantPolynomialValues };
});
