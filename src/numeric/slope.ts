/** Exponents: least-squares slopes on logarithmic scales. */

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The slope of log y against log x; at least two different x, all positive. */
export const logLogSlope = (points: readonly Point[]): number =>
  linearSlope(points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) })));

/** The slope of y against x; at least two different x. */
export function linearSlope(points: readonly Point[]): number {
  const middle = (of: "x" | "y"): number => points.reduce((sum, p) => sum + p[of], 0) / points.length;
  const [mx, my] = [middle("x"), middle("y")];
  const cross = points.reduce((sum, p) => sum + (p.x - mx) * (p.y - my), 0);
  return cross / points.reduce((sum, p) => sum + (p.x - mx) ** 2, 0);
}
