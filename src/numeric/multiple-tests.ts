/** Several tests at once. */

/**
 * Holm's adjusted p-values (1979): with those below alpha rejected, any true hypothesis is rejected with probability at
 * most alpha, however the tests depend on each other.
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const adjusted: number[] = Array.from({ length: values.length });
  let least = 0;
  order.forEach((test, rank) => {
    least = Math.max(least, Math.min(1, (values.length - rank) * values[test]));
    adjusted[test] = least;
  });
  return adjusted;
}
