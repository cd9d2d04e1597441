/** Drawings as bitmaps: for slides and editors that take no SVG. */

import { missing } from "../base/optional.ts";

/** Dots for one unit of a drawing: sharp on a screen of twice the density, and in print at a column's width. */
const ZOOM = 2;

/**
 * A standalone drawing as PNG, in the fonts that this machine has.
 * @throws InputError naming the command that adds what is missing
 */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js").catch(missing("@resvg/resvg-js"));
  return new Resvg(svg, { fitTo: { mode: "zoom", value: ZOOM } }).render().asPng();
}
