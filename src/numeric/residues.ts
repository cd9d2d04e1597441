/** Integers by their remainders modulo pairwise coprime numbers, and the Chinese remainder theorem. */

/** The largest pairwise coprime integers up to `limit`, as many as it takes for their product to exceed `value`. */
export function coprimeModuli(value: bigint, limit: number): number[] {
  const moduli: number[] = [];
  let product = 1n;
  for (let x = limit; product <= value; x--)
    if (moduli.every((m) => greatestCommonDivisor(x, m) === 1)) {
      moduli.push(x);
      product *= BigInt(x);
    }
  return moduli;
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/**
 * What gives back an integer from its remainders modulo pairwise coprime numbers, in their order (Garner's mixed
 * radix): the one in [0, product).
 */
export function chineseRemainder(moduli: readonly number[]): (remainders: readonly number[]) => bigint {
  const all = moduli.map(BigInt);
  const places = all.map((_, i) => all.slice(0, i).reduce((product, m) => product * m, 1n));
  const inverses = all.map((m, i) => inverseModulo(places[i], m));
  return (remainders) => {
    let value = 0n;
    for (const [i, m] of all.entries()) {
      const off = (BigInt(remainders[i]) - value) % m;
      value += places[i] * (((off < 0n ? off + m : off) * inverses[i]) % m);
    }
    return value;
  };
}

/** By Euclid's algorithm, of an x that is coprime to the modulus. */
function inverseModulo(x: bigint, modulus: bigint): bigint {
  let [rest, next, factor, following] = [modulus, x % modulus, 0n, 1n];
  while (next > 0n) {
    const times = rest / next;
    [rest, next] = [next, rest - times * next];
    [factor, following] = [following, factor - times * following];
  }
  return factor < 0n ? factor + modulus : factor;
}
