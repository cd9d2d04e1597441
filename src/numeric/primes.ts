/** Primes below 2^32, arithmetic modulo them in float64, and the Chinese remainder theorem. */

/** x mod `modulus` for integers 0 <= x < 2^53, with `inverse` = 1 / modulus; the quotient is off by one at most. */
export function remainder(x: number, modulus: number, inverse: number): number {
  const rest = x - Math.floor(x * inverse) * modulus;
  if (rest < 0) return rest + modulus;
  return rest >= modulus ? rest - modulus : rest;
}

/** a b mod `modulus` for a, b < modulus < 2^32: b in two halves, so that no product reaches 2^53. */
export function timesModulo(a: number, b: number, modulus: number, inverse: number): number {
  const high = Math.floor(b / 65_536);
  const upper = remainder(a * high, modulus, inverse);
  return remainder(upper * 65_536 + a * (b - high * 65_536), modulus, inverse);
}

/** The powers 1, x, .., x^(count - 1) modulo a prime below 2^32. */
export function powersModulo(x: bigint, count: number, modulus: number): number[] {
  const base = Number(x % BigInt(modulus));
  const powers = [1];
  while (powers.length < count)
    powers.push(timesModulo(powers[powers.length - 1], base, modulus, 1 / modulus));
  return powers;
}

/**
 * By the strong test to the bases 2, 3, 5 and 7, which is exact below 3,215,031,751 (Jaeschke 1993), and 11, below
 * 2^32.
 */
export function isPrime(x: number): boolean {
  if (x < 2) return false;
  for (const small of [2, 3, 5, 7, 11]) if (x % small === 0) return x === small;
  let [odd, twos] = [x - 1, 0];
  for (; odd % 2 === 0; odd /= 2) twos++;
  return [2, 3, 5, 7, 11].every((base) => {
    let power = powerModulo(base, odd, x);
    if (power === 1) return true;
    for (let i = 0; i < twos; i++) {
      if (power === x - 1) return true;
      power = timesModulo(power, power, x, 1 / x);
    }
    return false;
  });
}

function powerModulo(base: number, exponent: number, modulus: number): number {
  let [result, square] = [1, base % modulus];
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = timesModulo(result, square, modulus, 1 / modulus);
    square = timesModulo(square, square, modulus, 1 / modulus);
  }
  return result;
}

/** The largest primes below 2^32, as many as are needed for their product to exceed `value`. */
export function primesFor(value: bigint): number[] {
  const primes: number[] = [];
  let product = 1n;
  for (let x = 2 ** 32 - 1; product <= value; x -= 2)
    if (isPrime(x)) {
      primes.push(x);
      product *= BigInt(x);
    }
  return primes;
}

/**
 * What gives back an integer from its remainders modulo distinct primes, in their order (Garner's mixed radix): the
 * one in [0, product).
 */
export function chineseRemainder(primes: readonly number[]): (remainders: readonly number[]) => bigint {
  const places = primes.map((_, i) => primes.slice(0, i).reduce((product, p) => product * BigInt(p), 1n));
  const inverses = primes.map((p, i) => powerModulo(Number(places[i] % BigInt(p)), p - 2, p));
  return (remainders) => {
    let value = 0n;
    for (const [i, p] of primes.entries()) {
      const known = Number(value % BigInt(p));
      const off = remainders[i] >= known ? remainders[i] - known : remainders[i] - known + p;
      value += places[i] * BigInt(timesModulo(off, inverses[i], p, 1 / p));
    }
    return value;
  };
}
