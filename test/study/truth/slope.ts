import { average } from "./rule.ts";

/** Slope of the least-squares line through points, by the covariance over the variance. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const [x, y] = [average(points.map((p) => p[0])), average(points.map((p) => p[1]))];
  const covariance = average(points.map((p) => (p[0] - x) * (p[1] - y)));
  return covariance / average(points.map((p) => (p[0] - x) ** 2));
}
