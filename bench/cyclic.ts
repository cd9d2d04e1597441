/** Networks over a cyclic group against PyTorch: the students of two families, on their own targets' labels. */

import { rmSync } from "node:fs";
import { keyFor } from "../src/base/random.ts";
import { studentOf } from "../src/family/family.ts";
import { familyById } from "../src/family/registry.ts";
import { initialise } from "../src/network/initialise.ts";
import { median } from "../src/base/statistics.ts";
import { closing, cpuRatio, deviation, race } from "./contender.ts";
import { measurable, type Blas } from "./peers/blas.ts";
import { equihard } from "./peers/equihard.ts";
import { productsOf } from "./products.ts";
import { torch } from "./peers/torch.ts";
import type { Race, Row } from "./report.ts";
import { exportWorkload, type Workload } from "./workload.ts";

/** Points of the cyclic group. */
export const points = 32;

/** Full-length circular filters in every layer, or an MLP on every shift, averaged (`group-cnn` is the same network). */
export const cyclicStudents = ["group-linear", "frame-averaged"] as const;
type CyclicStudent = (typeof cyclicStudents)[number];

const families: Record<CyclicStudent, string> = {
  "group-linear": "cnn-hidden-plane",
  "frame-averaged": "frame-parity",
};

/** The ways PyTorch's users would write each. */
const variants: Record<CyclicStudent, readonly string[]> = {
  "group-linear": ["conv1d", "fft"],
  "frame-averaged": ["conv1d", "gather"],
};

/** As `equihard train` has it: two layers, mean pooling, one hidden readout layer, standardised labels. */
export function cyclicWorkload(student: CyclicStudent, width = 64, batch = 128): Workload {
  const family = familyById(families[student]);
  const instance = family.draw(family.parse({ group: `cyclic:${points}`, k: 4 }), keyFor("bench", student));
  const options = { student, layers: 2, width, readoutLayers: 1, pool: "mean" } as const;
  const network = studentOf(family, instance, options);
  const sd = Math.sqrt(instance.hard.secondMoment.value);
  return {
    batch,
    sizes: { n: points, width },
    network: () => network,
    weights: initialise(network, keyFor("bench weights", student)),
    batches: Array.from({ length: 8 }, (_, i) => {
      const samples = instance.law.sample(keyFor("bench", student, i), batch);
      return { samples, labels: Float32Array.from(instance.hard.label(samples), (y) => y / sd) };
    }),
  };
}

/** Largest differences of the loss over 100 float64 steps, for every way of writing it; none without PyTorch. */
export async function cyclicTrajectory(student: CyclicStudent): Promise<number[]> {
  const work = cyclicWorkload(student, 32);
  const folder = exportWorkload(work);
  const own = await equihard(work, false, { type: "float64" });
  const found: number[] = [];
  const { losses } = await closing([own], () => own.steps(100));
  for (const way of variants[student]) {
    const peer = await torch("cyclic_torch.py", folder, { type: "float64", variant: `${student} ${way}` });
    if (peer !== null)
      found.push(await closing([peer], async () => deviation(losses, (await peer.steps(100)).losses)));
  }
  rmSync(folder, { recursive: true });
  return found;
}

export async function cyclicRace(
  student: CyclicStudent,
  rounds: number,
  each: number,
  blas: Blas,
  refused: Map<string, string>,
): Promise<Race> {
  const work = cyclicWorkload(student);
  const folder = exportWorkload(work);
  const peers = [];
  for (const way of variants[student]) {
    const started = await torch("cyclic_torch.py", folder, {
      variant: `${student} ${way}`,
      kernel: blas.kernel,
    });
    peers.push(await measurable(started, blas, refused));
  }
  const contenders = [
    await equihard(work, false),
    await productsOf(work, false),
    ...peers.filter((p) => p !== null),
  ];
  return closing(contenders, async () => {
    const timings = await race(contenders, rounds, each);
    rmSync(folder, { recursive: true });
    return { title: `${student}, width ${work.sizes["width"]}`, timings };
  });
}

/** Against the faster way of writing it; the other one is told too, and the ceiling. None without PyTorch. */
export function cyclicRow({ title, timings: [own, products, ...peers] }: Race): Row[] {
  const ratios = peers.map((p) => cpuRatio(own, p));
  if (ratios.length === 0) return [];
  const number = Math.min(...ratios);
  const rates = peers.map((p) => `${median(p.cpuRates).toFixed(0)} by ${p.name.split(", ")[1]}`);
  const share = cpuRatio(own, products);
  const ceiling = `${(100 * share).toFixed(0)} % of its ceiling, ${(number / share).toFixed(2)} x`;
  const value = `${number.toFixed(2)} x (${median(own.cpuRates).toFixed(0)} against ${rates.join(", ")} steps/s; ${ceiling})`;
  const measure = `step, ${title}, against PyTorch's faster way`;
  return [{ measure, value, number, target: { atLeast: 3 }, unit: "x" }];
}
