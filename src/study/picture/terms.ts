/** A sparse invariant polynomial: which invariants its hidden products are of. */

import { drawInstance } from "../../family/draw.ts";
import { polynomials } from "../../family/invariant-polynomial/family.ts";
import { invariantPolynomial } from "../../family/invariant-polynomial/index.ts";
import type { Picture } from "../../report/card.ts";
import { svg } from "../../report/markup.ts";

const M = 20;
const [CELL, HIGH, TOP] = [12, 30, 14];

/** The products that `equihard sample invariant-polynomial --variables 20` hides. */
export function termsPicture(): Picture {
  const params = invariantPolynomial.parse({ variables: M });
  const instance = drawInstance(invariantPolynomial, params, 0);
  const terms = polynomials.hidden(instance, false);
  const rows = terms.map(({ coefficient, factors }, r) => {
    const y = TOP + HIGH * r;
    const cells = Array.from({ length: M }, (_, j) => {
      const degree = factors.find((f) => f.variable === j)?.degree;
      const box = `<rect x="${CELL * j + 1}" y="${y}" width="${CELL - 2}" height="16"`;
      if (degree === undefined) return `${box} fill="none" stroke="var(--line)"/>`;
      const middle = `x="${CELL * (j + 0.5)}" y="${y + 12.5}" text-anchor="middle"`;
      const digit = `<text ${middle} font-size="12" fill="#fff">${degree}</text>`;
      return `${box} fill="#0072B2"/>${digit}`;
    });
    const times = `× ${coefficient.toFixed(2)}`;
    const factor = `<text x="${CELL * M + 6}" y="${y + 13}" font-size="12" fill="currentColor">${times}</text>`;
    return cells.join("") + factor;
  });
  const caption =
    `The ${terms.length} hidden products among ${M} invariants, one a line: the degree in every invariant that ` +
    "takes part, and the product's factor. Products of three different invariants alone number " +
    `${String(instance.facts["multilinearTerms"])}.`;
  return { svg: svg(CELL * M + 50, TOP + HIGH * rows.length, caption, ...rows), caption };
}
