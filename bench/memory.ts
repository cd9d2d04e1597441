/** How near to memory speed the Walsh-Hadamard transform runs. */

import { walshHadamard } from "../src/numeric/walsh-hadamard.ts";
import { median } from "../src/base/statistics.ts";
import { used } from "./contender.ts";

export interface MemorySpeed {
  readonly bits: number;
  /** Nanoseconds of processor time an entry. */
  readonly transform: number;
  readonly copy: number;
}

/** The transform of 2^bits numbers and a plain copy of them, in turn. */
export function transformSpeed(bits: number, rounds: number): MemorySpeed {
  const given = Float64Array.from({ length: 2 ** bits }, (_, i) => (i * 7) % 13);
  const [x, to] = [given.slice(), given.slice()];
  const perEntry = (f: () => void): number => {
    const start = process.cpuUsage();
    f();
    return (used(start) * 1e9) / given.length;
  };
  const [transform, copy]: number[][] = [[], []];
  for (let round = -1; round < rounds; round++) {
    x.set(given);
    const times = [perEntry(() => walshHadamard(x)), perEntry(() => to.set(x))];
    if (round < 0) continue; // warming up
    transform.push(times[0]);
    copy.push(times[1]);
  }
  return { bits, transform: median(transform), copy: median(copy) };
}
