/** The report's part on Lorentz invariants. */

import { mean } from "../../base/statistics.ts";
import { paragraph, sentences, type Block } from "../../report/page.ts";
import type { LorentzInvariants } from "./study.ts";

export const lorentzText = (found: LorentzInvariants): string =>
  sentences(
    `Polynomials in Lorentz invariants: the squared Minkowski lengths of ${found.variables} Gaussian vectors in`,
    `R^{1,${found.space}} are independent (mean ${found.mean.toFixed(2)}, variance ${found.variance.toFixed(2)})`,
    `and stay under boosts and rotations to ${found.boostError.toExponential(0)}, where Euclidean lengths change`,
    `by up to ${found.euclideanChange.toPrecision(1)}. The ${found.dimension} multilinear terms`,
    `of degree ${found.degree} are orthonormal, so d_eff = ${found.dimension} exactly; of a sampled Gram matrix it is`,
    `${mean(found.sampled).toFixed(1)} on average, as sampling raises eigenvalues.`,
    "The certificate is blind to curvature and to compactness of the group.",
    "The normal law is not boost-invariant: only the target's invariance is used. He et al. 2025 is a position paper",
    "and proves nothing of this kind; the construction is ours.",
  );

export const lorentzBlocks = (found: LorentzInvariants): Block[] => [paragraph(lorentzText(found))];
