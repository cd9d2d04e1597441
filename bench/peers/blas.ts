/**
 * How fast a peer's BLAS multiplies. The peers' products are OpenBLAS's, whose older versions take processors that came
 * after them for ones of twenty years ago and then multiply several times more slowly than they could: they are told
 * its fastest kernel. Where there is no OpenBLAS at all, what is installed is slower still, and any ratio to such a
 * peer would flatter: it counts as not measured.
 */

import { matmul32 } from "../../src/engine/run/matmul.ts";
import { keyFor, normals } from "../../src/base/random.ts";
import { used } from "../contender.ts";
import { peerScript, python, startProcess, type ProcessContender } from "./process.ts";

/** Kernels for today's x86 processors; one that the processor cannot run ends its process and is left out. */
const known = ["Haswell", "SkylakeX", "Zen"];
/** A kernel has to be this many times faster than what is chosen by itself to be named. */
const worth = 1.2;
/** Share of the runtime's rate that a peer's has to reach to be measured. */
const least = 0.5;

export interface Blas {
  /** For `OPENBLAS_CORETYPE`; undefined where OpenBLAS chooses well by itself. */
  readonly kernel: string | undefined;
  /** GFLOP/s of float32 products as installed, by that kernel, and by this project's runtime. */
  readonly installed: number;
  readonly rate: number;
  readonly runtime: number;
}

/** What the table says of the kernel. */
export const kernelNote = ({ kernel, installed, rate }: Blas): string =>
  kernel === undefined
    ? ""
    : `OpenBLAS as installed does not know this processor and multiplies at ${installed.toFixed(0)} GFLOP/s. The peers were told its kernel ${kernel} (OPENBLAS_CORETYPE), by which it reaches ${rate.toFixed(0)}.\n\n`;

export const kernelVariable = (kernel: string | undefined): Record<string, string> =>
  kernel === undefined ? {} : { OPENBLAS_CORETYPE: kernel };

/** Why a peer that multiplies at this rate, GFLOP/s, is not measured; undefined where it is. */
export const refusal = (rate: number, runtime: number): string | undefined =>
  rate >= least * runtime
    ? undefined
    : `not measured: slow BLAS (${rate.toFixed(0)} of the runtime's ${runtime.toFixed(0)} GFLOP/s, ${100 * least} % are asked for), install libopenblas0`;

/** The peer, or null with its process ended where its BLAS is slow. @param refused is told why, by the peer's name */
export async function measurable(
  peer: ProcessContender | null,
  { runtime }: Blas,
  refused: Map<string, string>,
): Promise<ProcessContender | null> {
  const reason = peer === null ? undefined : refusal(Number(peer.hello["productRate"]), runtime);
  if (peer === null || reason === undefined) return peer;
  refused.set(peer.name, reason);
  await peer.close();
  return null;
}

/** The rates on this machine, as it is now; without NumPy the kernel stays OpenBLAS's choice. */
export async function measureBlas(): Promise<Blas> {
  const runtime = await runtimeRate();
  const installed = await productRate(undefined);
  const rates: { kernel: string; rate: number }[] = [];
  if (installed > 0) for (const kernel of known) rates.push({ kernel, rate: await productRate(kernel) });
  const best = rates.reduce((a, b) => (b.rate > a.rate ? b : a), { kernel: "", rate: 0 });
  const own = { kernel: undefined, installed, rate: installed, runtime };
  return best.rate > worth * installed ? { ...own, ...best } : own;
}

/** NumPy's rate by a kernel, 0 without NumPy. */
async function productRate(kernel: string | undefined): Promise<number> {
  const started = await startProcess("NumPy", python, [peerScript("product_rate.py")], 1, kernelVariable(kernel));
  await started?.close();
  return Number(started?.hello["productRate"] ?? 0);
} // prettier-ignore

/** The runtime's rate of the product that the peers are judged by, `product_rate.py`: GFLOP/s. */
async function runtimeRate(): Promise<number> {
  const size = 1024;
  const a = normals(keyFor("bench product"), new Float32Array(size * size));
  let best = Infinity;
  for (let i = 0; i < 6; i++) {
    const start = process.cpuUsage();
    await matmul32(a, a, size, size, size);
    if (i > 0) best = Math.min(best, used(start)); // the first loads and compiles
  }
  return (2 * size ** 3) / best / 1e9;
}
