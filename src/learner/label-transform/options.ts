/** The options of `label-transform`. */

import * as z from "zod/mini";
import { reject } from "../../base/errors.ts";
import { described } from "../../base/schema.ts";
import { transforms } from "./transform.ts";

const transformNames = Object.keys(transforms) as (keyof typeof transforms)[];

const controls = "none, placebo, shuffled, reuse:R with R from 2 to 64, fixed:N with N from 1 to 10000000";

export const transformFields = {
  transform: described(
    z._default(z.enum(transformNames), "square"),
    "what the first phase is trained on in place of the label y",
  ),
  first: described(
    z._default(z.number().check(z.gte(0), z.lt(1)), 0.5),
    "share of the steps that the first phase takes; 0: gradient descent on y throughout",
  ),
  control: described(
    z._default(
      z.string().check(z.regex(/^(none|placebo|shuffled|(reuse|fixed):\d{1,8})$/, controls)),
      "none",
    ),
    `control in the first phase's place: ${controls}`,
  ),
};

/** What is changed to see what the first phase is for. */
export type Control =
  | { readonly kind: "none" | "placebo" | "shuffled" }
  /** Every batch `times` times in a row. */
  | { readonly kind: "reuse"; readonly times: number }
  /** Passes over a sample of `size`. */
  | { readonly kind: "fixed"; readonly size: number };

/** @throws InputError for a number out of range */
export function parseControl(text: string): Control {
  const [kind, digits] = text.split(":");
  const number = Number(digits);
  const allowed = (least: number, most: number): number =>
    number >= least && number <= most
      ? number
      : reject({ where: "--control", what: `"${text}"`, allowed: controls });
  if (kind === "reuse") return { kind, times: allowed(2, 64) };
  if (kind === "fixed") return { kind, size: allowed(1, 10_000_000) };
  return { kind: kind as "none" | "placebo" | "shuffled" };
}
