// The Gram matrix of so many planes that it takes both precisions.
import { expect, it } from "vitest";
import { keyFor } from "../../../src/base/random.ts";
import { drawPlane, overlap } from "../../../src/family/plane/plane.ts";
import { runSteps } from "../../../src/base/progress.ts";
import { gramProduct, planeGram } from "../../../src/family/plane/plane-gram.ts";

it("the Gram matrix in 64 and 32 bits agrees with single inner products within the stated errors", async () => {
  for (const [order, d, k] of [[300, 9, 4], [2001, 30, 4]] as const) {
    const product = gramProduct(k, [{ correlation: 1, weight: 2 }], order);
    const planes = Array.from({ length: order }, (_, i) => drawPlane(keyFor("gram", i), d));
    const gram = await runSteps(planeGram(product, d, order, (i) => planes[i]));
    expect(gram.matrix instanceof Float64Array).toBe(order <= 2000);
    let largest = 0;
    for (let i = 0; i < order; i++)
      for (let j = 0; j < Math.min(i, 40); j++) {
        const expected = product.closedForm(...overlap(planes[i], planes[j])) / product.normSquared;
        const entry = gram.matrix[i * order + j];
        const allowed = 2 * gram.entryError + gram.relativeError * Math.abs(entry) + product.closedFormError(1);
        expect(Math.abs(entry - expected)).toBeLessThan(allowed);
        expect(gram.matrix[j * order + i]).toBe(entry);
        largest = Math.max(largest, Math.abs(entry));
      }
    expect(gram.maxAbsCorrelation).toBeGreaterThanOrEqual(largest);
  }
}); // prettier-ignore
