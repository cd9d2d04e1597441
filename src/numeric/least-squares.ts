/** Exponents of power laws, read off as slopes. */

/** Slope of log y against log x by least squares, x and y positive, at least two different x. */
export function logLogSlope(points: readonly { readonly x: number; readonly y: number }[]): number {
  return slope(points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) })));
}

/** Slope of y against x by least squares. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mx = points.reduce((sum, p) => sum + p.x, 0) / points.length;
  const my = points.reduce((sum, p) => sum + p.y, 0) / points.length;
  let [xy, xx] = [0, 0];
  for (const { x, y } of points) {
    xy += (x - mx) * (y - my);
    xx += (x - mx) ** 2;
  }
  return xy / xx;
}
