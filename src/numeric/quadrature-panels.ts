/**
 * A law restricted to an interval as finitely many points: Gauss-Legendre on panels, and on a panel that begins at an
 * algebraic endpoint singularity (z - lo)^alpha of the density, Gauss-Jacobi with that weight.
 */

import { legendre, type PolynomialLaw, type Recurrence } from "./orthonormal.ts";
import { gaussOf, gaussRule, type Rule } from "./quadrature.ts";

const NODES = 24;
const PANELS_LIMIT = 4000;

/** Points and weights of E[f(z) 1(lo <= z <= hi)] under the law; the weights add up to Pr[lo <= z <= hi]. */
export function intervalRule(law: PolynomialLaw, interval: readonly [number, number]): Rule {
  const lo = Math.max(interval[0], law.support[0]);
  const hi = Math.min(interval[1], law.support[1]);
  if (!(Number.isFinite(lo) && Number.isFinite(hi) && lo < hi))
    throw new RangeError(`[${interval.join(", ")}] meets the support of ${law.id} in no finite interval`);
  const edges = panelEdges(law, lo, hi);
  const [nodes, weights] = [[] as number[], [] as number[]];
  const plain = gaussOf(legendre, NODES);
  for (let p = 0; p + 1 < edges.length; p++) {
    const [from, to] = [edges[p], edges[p + 1]];
    const singular = from === law.support[0] && law.exponent !== 0;
    const rule = singular ? gaussRule(jacobi(law.exponent, NODES)) : plain;
    const width = to - from;
    for (let i = 0; i < NODES; i++) {
      const z = from + (width * (1 + rule.nodes[i])) / 2;
      // the rule's own weight, or the power where it is smooth
      const power = law.exponent === 0 ? 1 : (z - law.support[0]) ** law.exponent;
      const weight = singular ? width ** (law.exponent + 1) / (law.exponent + 1) : width * power;
      nodes.push(z);
      weights.push(rule.weights[i] * weight * law.smooth(z));
    }
  }
  return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights) };
}

/** Panels of the law's scale, shorter close to a singular endpoint that lies just outside the interval. */
function panelEdges(law: PolynomialLaw, lo: number, hi: number): number[] {
  const widest = Math.max(law.scale, (hi - lo) / PANELS_LIMIT);
  const edges = [lo];
  for (let at = lo; at < hi;) {
    const distance = at - law.support[0];
    const width = law.exponent !== 0 && distance > 0 ? Math.min(widest, distance) : widest;
    at = hi - (at + width) < width / 2 ? hi : at + width;
    edges.push(at);
  }
  return edges;
}

/** The probability law on [-1, 1] with density proportional to (1 + x)^beta, beta > -1 (Jacobi polynomials). */
function jacobi(beta: number, count: number): Recurrence {
  const a = new Float64Array(count);
  const b = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    const s = 2 * t + beta;
    a[t] = t === 0 ? beta / (beta + 2) : (beta * beta) / (s * (s + 2));
    if (t === 0) b[t] = 1;
    else if (t === 1) b[t] = (4 * (1 + beta)) / ((2 + beta) ** 2 * (3 + beta));
    else b[t] = (4 * (t * (t + beta)) ** 2) / (s * s * (s * s - 1));
  }
  return { a, b };
}
