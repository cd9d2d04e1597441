/** From numbers to pixels, and where an axis has its ticks. */

/** An axis: from which number to which. */
export interface Domain {
  readonly from: number;
  readonly to: number;
  /** Powers of ten at equal distances. */
  readonly log?: boolean;
}

/** Where a number lies between two pixels. */
export function scale({ from, to, log = false }: Domain, start: number, end: number): (x: number) => number {
  const at = log ? (x: number) => Math.log(Math.max(x, Number.MIN_VALUE)) : (x: number) => x;
  const length = at(to) - at(from);
  return (x) => (length === 0 ? (start + end) / 2 : start + ((at(x) - at(from)) / length) * (end - start));
}

const steps = [1, 2, 2.5, 5, 10];

/** Round numbers within the domain, about `count` of them. */
export function ticks({ from, to, log = false }: Domain, count: number): number[] {
  if (!(to > from)) return [from];
  if (log) return powers(from, to, count);
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (steps.find((s) => s * power >= rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten; where few of them lie within, their halves and fifths too. */
function powers(from: number, to: number, count: number): number[] {
  const [first, last] = [Math.floor(Math.log10(from) + 1e-9), Math.floor(Math.log10(to) + 1e-9)];
  const few = Math.log10(to / from) < 2.5;
  const apart = few ? 1 : Math.max(1, Math.ceil((last - first + 1) / count));
  const all = Array.from({ length: Math.floor((last - first) / apart) + 1 }, (_, i) =>
    (few ? [1, 2, 5] : [1]).map((m) => Number((m * 10 ** (first + i * apart)).toPrecision(3))),
  );
  return all.flat().filter((tick) => tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9));
}
