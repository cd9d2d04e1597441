/**
 * The shift group of periodic signals as a Lie group of one generator D, exp(s D) the band-limited shift by the angle
 * s; a signal is canonicalised by minimising an energy over its orbit (after Shumaylov et al. 2025). The energy here is
 * E_k(s) = -Re(x^_k e^{-iks}): it has k minimisers, and the set of them is a frame. It depends on phases, not on |x|
 * alone, so that nothing of the certificate of `frame-parity` carries over.
 */

/** Real and imaginary part of x^_k = sum_t x_t e^{-2 pi i k t / n}. */
export function fourier(x: ArrayLike<number>, k: number): readonly [number, number] {
  let [re, im] = [0, 0];
  for (let t = 0; t < x.length; t++) {
    const angle = (2 * Math.PI * ((k * t) % x.length)) / x.length;
    re += x[t] * Math.cos(angle);
    im -= x[t] * Math.sin(angle);
  }
  return [re, im];
}

/** exp(s D) x, of odd length: frequency k is turned by -k s. */
export function shifted(x: ArrayLike<number>, s: number): Float64Array {
  const n = x.length;
  const out = new Float64Array(n).fill(fourier(x, 0)[0] / n);
  for (let k = 1; 2 * k < n; k++) {
    const [re, im] = fourier(x, k);
    for (let t = 0; t < n; t++) {
      const angle = (2 * Math.PI * k * t) / n - k * s;
      out[t] += (2 / n) * (re * Math.cos(angle) - im * Math.sin(angle));
    }
  }
  return out;
}

/** A function on the orbit with its first two derivatives, which need the generator alone. */
export interface Energy {
  readonly value: number;
  readonly slope: number;
  readonly curvature: number;
}

export const phaseEnergy =
  (x: ArrayLike<number>, k: number) =>
  (s: number): Energy => {
    const [re, im] = fourier(x, k);
    const [cos, sin] = [Math.cos(k * s), Math.sin(k * s)];
    const real = re * cos + im * sin;
    const imaginary = im * cos - re * sin;
    return { value: -real, slope: -k * imaginary, curvature: k * k * real };
  };

const steps = 60;

/** Near a minimum values differ by less than their rounding, and slopes tell more. */
const improves = (now: Energy, next: Energy): boolean =>
  next.value < now.value ||
  (now.curvature > 0 && next.curvature > 0 && Math.abs(next.slope) < Math.abs(now.slope));

/** The local minimiser that damped Newton steps reach from `from`: downhill where the curvature is not positive. */
export function descend(energy: (s: number) => Energy, from: number): number {
  let s = from;
  let now = energy(s);
  for (let step = 0; step < steps && now.slope !== 0; step++) {
    let move = now.curvature > 0 ? -now.slope / now.curvature : -0.1 * Math.sign(now.slope);
    let next = energy(s + move);
    while (!improves(now, next) && Math.abs(move) > 1e-16) {
      move /= 2;
      next = energy(s + move);
    }
    if (!improves(now, next)) break;
    s += move;
    now = next;
  }
  return s;
}

/** The frame of E_k: the angles of its k minimisers, by Newton steps from k places a period apart. */
export function phaseFrame(x: ArrayLike<number>, k: number): number[] {
  const first = descend(phaseEnergy(x, k), 0);
  return Array.from({ length: k }, (_, j) => descend(phaseEnergy(x, k), first + (2 * Math.PI * j) / k));
}
