/** The colours of explained variance, the same in every heat map. */

/** Five steps of the cividis scale, readable with colour-vision deficiencies. */
export const explainedScale = {
  type: "linear",
  domain: [0, 0.25, 0.5, 0.75, 1],
  range: ["#00224e", "#434e6c", "#7d7c78", "#bbaf71", "#fee838"],
} as const;

/** Ink that stands out on the shade of x. */
export const inkOn = (x: number): string => (x < 0.55 ? "#ffffff" : "#1b1b1f");

/** What colours a cell: explained variance, negative values as 0. */
export const shade = (x: number): number => Math.min(1, Math.max(0, x));
