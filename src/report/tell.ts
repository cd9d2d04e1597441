/** Marks that say which row of their figure's numbers they are of: what a reader points at has its values. */

import type { RenderFunction } from "@observablehq/plot";

/**
 * An option of marks, one mark a datum.
 * @param rows number of the row of each datum (absent: data are the rows, in their order)
 */
export const telling = (rows?: readonly number[]): { readonly render: RenderFunction } => ({
  render(index, scales, values, dimensions, context, next) {
    const group = next?.(index, scales, values, dimensions, context) ?? null;
    [...(group?.children ?? [])].forEach((mark, i) =>
      mark.setAttribute("data-row", String(rows === undefined ? index[i] : rows[index[i]])),
    );
    return group;
  },
});
