/** A hidden set of degrees, as sections name it. */
export const hiddenSetText = ({
  n,
  degrees,
}: {
  readonly n: number;
  readonly degrees: readonly number[];
}): string => `n = ${n}, S = {${degrees.join(",")}}`;
