/** The place of the first number above `value` in a rising list; its length where none is. */
export function firstAbove(rising: ArrayLike<number>, value: number): number {
  let [from, to] = [0, rising.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rising[middle] > value) to = middle;
    else from = middle + 1;
  }
  return from;
}
