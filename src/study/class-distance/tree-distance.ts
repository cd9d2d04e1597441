/**
 * Tree Mover's Distance of depth two between graphs of equal size without features (Chuang and Jegelka 2022). A node's
 * tree is itself with its neighbours as leaves; a leaf that is missing costs 1, so trees differ by the difference of
 * degrees, and the best matching of nodes is that of the sorted degrees: up to the weight of a level it is
 * sum_i |deg_(i)(A) - deg_(i)(B)|.
 */

/** Degrees of each graph in ascending order. @param degrees (graphs x n) */
export function sortedDegrees(degrees: Uint16Array, n: number): Uint16Array {
  const out = Uint16Array.from(degrees);
  for (let at = 0; at < out.length; at += n) out.subarray(at, at + n).sort();
  return out;
}

/** The distance of graphs a and b. @param sorted (graphs x n) as `sortedDegrees` gives them */
export function treeDistance(sorted: Uint16Array, n: number, a: number, b: number): number {
  let sum = 0;
  for (let i = 0, p = a * n, q = b * n; i < n; i++, p++, q++) sum += Math.abs(sorted[p] - sorted[q]);
  return sum;
}

/** Distances to the nearest other graph of the same label and of another, infinite without one, and who is nearest. */
export interface Near {
  readonly same: number;
  readonly other: number;
  readonly nearest: number;
}

/** Of every graph, for each of several labellings of the same graphs. */
export function neighboursOf(
  sorted: Uint16Array,
  n: number,
  labellings: readonly ArrayLike<number>[],
): Near[][] {
  const graphs = sorted.length / n;
  const near = labellings.map((): Near[] => []);
  const distances = new Float64Array(graphs);
  for (let a = 0; a < graphs; a++) {
    for (let b = 0; b < graphs; b++) distances[b] = b === a ? Infinity : treeDistance(sorted, n, a, b);
    labellings.forEach((labels, l) => near[l].push(nearTo(a, distances, labels)));
  }
  return near;
}

function nearTo(a: number, distances: Float64Array, labels: ArrayLike<number>): Near {
  let [same, other, nearest, least] = [Infinity, Infinity, -1, Infinity];
  for (let b = 0; b < distances.length; b++) {
    const distance = distances[b];
    if (labels[a] === labels[b]) same = Math.min(same, distance);
    else other = Math.min(other, distance);
    if (distance < least) [nearest, least] = [b, distance];
  }
  return { same, other, nearest };
}
