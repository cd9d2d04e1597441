/** Exponents: least-squares slopes on logarithmic scales. */

/** The slope of log y against log x; at least two different x, all positive. */
export function logLogSlope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const middle = (of: "x" | "y"): number => logs.reduce((sum, p) => sum + p[of], 0) / logs.length;
  const [mx, my] = [middle("x"), middle("y")];
  const cross = logs.reduce((sum, p) => sum + (p.x - mx) * (p.y - my), 0);
  return cross / logs.reduce((sum, p) => sum + (p.x - mx) ** 2, 0);
}
