/**
 * A law restricted to an interval as finitely many points: Gauss-Legendre on panels, and on a panel that begins at an
 * algebraic endpoint singularity (z - lo)^alpha of the density, Gauss-Jacobi with that weight.
 */

import { lazy } from "../base/lazy.ts";
import { legendre, type Density, type PolynomialLaw, type Recurrence } from "./orthonormal.ts";
import { gaussOf, gaussRule, type Rule } from "./quadrature.ts";

const NODES = 24;
const PANELS_LIMIT = 4000;
const plain = lazy(() => gaussOf(legendre, NODES));

/** Points and weights of E[f(z) 1(lo <= z <= hi)] under the law; the weights add up to Pr[lo <= z <= hi]. */
export function intervalRule(law: PolynomialLaw, interval: readonly [number, number]): Rule {
  const lo = Math.max(interval[0], law.support[0]);
  const hi = Math.min(interval[1], law.support[1]);
  if (!(Number.isFinite(lo) && Number.isFinite(hi) && lo < hi))
    throw new RangeError(`[${interval.join(", ")}] meets the support of ${law.id} in no finite interval`);
  const { density } = law;
  if ("minuend" in density) return differenceRule(density.minuend, lo, hi);
  const { exponent } = density;
  const edges = panelEdges(law.support[0], density, lo, hi);
  const [nodes, weights] = [[] as number[], [] as number[]];
  for (let p = 0; p + 1 < edges.length; p++) {
    const [from, to] = [edges[p], edges[p + 1]];
    const singular = from === law.support[0] && exponent !== 0;
    const rule = singular ? gaussRule(jacobi(exponent, NODES)) : plain();
    const width = to - from;
    for (let i = 0; i < NODES; i++) {
      const z = from + (width * (1 + rule.nodes[i])) / 2;
      // the rule's own weight, or the power where it is smooth
      const power = exponent === 0 ? 1 : (z - law.support[0]) ** exponent;
      const weight = singular ? width ** (exponent + 1) / (exponent + 1) : width * power;
      nodes.push(z);
      weights.push(rule.weights[i] * weight * density.smooth(z));
    }
  }
  return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights) };
}

/** Panels of the law's scale, shorter close to a singular endpoint that lies just outside the interval. */
function panelEdges(start: number, { scale, exponent }: Density, lo: number, hi: number): number[] {
  const widest = Math.max(scale, (hi - lo) / PANELS_LIMIT);
  const edges = [lo];
  for (let at = lo; at < hi;) {
    const distance = at - start;
    const width = exponent !== 0 && distance > 0 ? Math.min(widest, distance) : widest;
    at = hi - (at + width) < width / 2 ? hi : at + width;
    edges.push(at);
  }
  return edges;
}

/** Beyond so many standard deviations there is no double of probability left. */
const FAR = 9;
/** Panels of s where t = from + s^2, which makes the ends of x's own interval smooth functions there. */
const SPAN = 0.75;

/** Points x - t^2 in [lo, hi], x > 0 by its own rule for each t: x from max(0, lo + t^2) to hi + t^2. */
function differenceRule(minuend: PolynomialLaw, lo: number, hi: number): Rule {
  const [nodes, weights] = [[] as number[], [] as number[]];
  const root = (z: number): number => Math.sqrt(Math.max(0, -z));
  const ends = [root(hi), root(lo), Math.max(FAR, root(lo) + FAR)];
  for (let part = 0; part < 2; part++) {
    const [from, longest] = [ends[part], Math.sqrt(ends[part + 1] - ends[part])];
    const panels = Math.ceil(longest / SPAN);
    for (let i = 0; i < panels * NODES; i++) {
      const at = Math.floor(i / NODES) + (1 + plain().nodes[i % NODES]) / 2;
      const s = (at * longest) / panels;
      const t = from + s * s;
      // both signs of t, and dt = 2 s ds
      const density = (2 * Math.exp((-t * t) / 2)) / Math.sqrt(2 * Math.PI);
      const weight = (plain().weights[i % NODES] * longest * 2 * s * density) / panels;
      const inner = intervalRule(minuend, [Math.max(0, lo + t * t), hi + t * t]);
      inner.nodes.forEach((x, j) => {
        nodes.push(x - t * t);
        weights.push(weight * inner.weights[j]);
      });
    }
  }
  return { nodes: Float64Array.from(nodes), weights: Float64Array.from(weights) };
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
