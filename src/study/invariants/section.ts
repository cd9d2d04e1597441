/** The report's part on the dimension of invariant polynomials. */

import { figure, sentences, type Block } from "../../report/page.ts";
import { invariantDimensionFigure } from "./figure.ts";
import type { DimensionSeries } from "./study.ts";

export const dimensionBlock = (series: readonly DimensionSeries[], document: Document): Block =>
  figure(
    invariantDimensionFigure(series, document),
    sentences(
      "Slopes by least squares over the upper half of the m shown.",
      "Exact: C(m, k) multilinear terms, orthonormal.",
      "The proved exponent for a fixed degree is the degree; with k the integer nearest log2 m no power of m keeps up.",
    ),
  );
