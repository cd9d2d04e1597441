/** A bar of colours beside a heat map, in its own scale. */

import type { RenderFunction } from "@observablehq/plot";

type Dimensions = Parameters<RenderFunction>[3];

/** Pixels. */
export interface Bar {
  /** The upper left corner. */
  readonly corner: (frame: Dimensions) => { readonly x: number; readonly y: number };
  /** Along the values. */
  readonly length: number;
  readonly thickness: number;
  readonly upright: boolean;
}

/** The values' colours side by side, from the left or from the top. */
export const colourBar =
  (values: readonly number[], { corner, length, thickness, upright }: Bar): RenderFunction =>
  (_index, scales, _channels, dimensions, { document }) => {
    const { x, y } = corner(dimensions);
    const step = length / values.length;
    const [width, height] = upright ? [thickness, step] : [step, thickness];
    const shape = (name: string, attributes: object): SVGElement => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
      return element;
    };
    const bar = shape("g", { "shape-rendering": "crispEdges" });
    for (const [i, value] of values.entries()) {
      const at = upright ? { x, y: y + i * step } : { x: x + i * step, y };
      bar.append(shape("rect", { ...at, width, height, fill: scales.color?.(value) ?? "none" }));
    }
    return bar;
  };
