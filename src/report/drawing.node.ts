/** What figures are drawn with outside a browser. */

import { missing, type OptionalPackage } from "../base/optional.ts";

/**
 * A document to draw in, with Plot at hand.
 * @param alongside other packages that the work needs: they are named where one is missing, as one command adds them
 * all
 * @throws InputError naming the command that adds what is missing: ask before the hours whose results are to be drawn
 */
export async function drawingDocument(...alongside: readonly OptionalPackage[]): Promise<Document> {
  await import("@observablehq/plot").catch(missing("@observablehq/plot", "linkedom", ...alongside));
  const { parseHTML } = await import("linkedom").catch(missing("linkedom", ...alongside));
  return parseHTML("<html><body></body></html>").document;
}
