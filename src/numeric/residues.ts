/** Integers by their remainders modulo pairwise coprime numbers, and the Chinese remainder theorem. */

/** Candidates that are coprime to all taken before them, as many as it takes for their product to exceed `value`. */
export function coprimeModuli(value: bigint, candidates: Iterable<bigint>): bigint[] {
  const moduli: bigint[] = [];
  let product = 1n;
  for (const x of candidates) {
    if (product > value) break;
    if (greatestCommonDivisor(product, x) > 1n) continue;
    moduli.push(x);
    product *= x;
  }
  return moduli;
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint =>
  b === 0n ? a : greatestCommonDivisor(b, a % b);

/**
 * What gives back an integer from its remainders modulo pairwise coprime numbers, in their order (Garner's mixed
 * radix): the one in [0, product).
 */
export function chineseRemainder(moduli: readonly bigint[]): (remainders: readonly bigint[]) => bigint {
  const places = moduli.map((_, i) => moduli.slice(0, i).reduce((product, m) => product * m, 1n));
  const inverses = moduli.map((m, i) => inverseModulo(places[i], m));
  return (remainders) => {
    let value = 0n;
    for (const [i, m] of moduli.entries()) {
      const off = (remainders[i] - value) % m;
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
