/** The alternating polygon of 2k relus on the first two of d coordinates, as a member's vectors and coefficients. */
export function polygon(d: number, k: number): number[] {
  const angles = Array.from({ length: 2 * k }, (_, m) => (Math.PI * m) / k);
  const vectors = angles.flatMap((t) => [
    Math.cos(t),
    Math.sin(t),
    ...Array.from({ length: d - 2 }, () => 0),
  ]);
  return [...vectors, ...angles.map((_, m) => (m % 2 === 0 ? 1 : -1))];
}
