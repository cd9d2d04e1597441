/**
 * Which of its kernels OpenBLAS should take. The peers' matrix products are OpenBLAS's, whose older versions take processors
 * that came after them for ones of twenty years ago, and then multiply several times more slowly than they could.
 */

import { peerScript, python, startProcess } from "./process.ts";

/** Kernels for today's x86 processors; one that the processor cannot run ends its process and is left out. */
const known = ["Haswell", "SkylakeX", "Zen"];
/** A kernel has to be this many times faster than what is chosen by itself to be worth a contender. */
const worth = 1.2;

export interface BlasKernel {
  /** For `OPENBLAS_CORETYPE`; undefined where OpenBLAS chooses well by itself. */
  readonly name: string | undefined;
  /** GFLOP/s of float32 products as installed, and by that kernel. */
  readonly installed: number;
  readonly rate: number;
}

/** The kernels that a peer is timed with: its own choice, then the faster one where there is one. */
export const kernelsOf = (blas: BlasKernel | null): (string | undefined)[] =>
  blas?.name === undefined ? [undefined] : [undefined, blas.name];

/** Whether a contender of this name was told to use the faster kernel. */
export const isTuned = (name: string, blas: BlasKernel | null): boolean =>
  blas?.name !== undefined && name.endsWith(blas.name);

/** What is added to a ratio: the one against the peer with the faster kernel, where there is one. */
export const tuned = (ratio: number | undefined, blas: BlasKernel | null): string =>
  ratio === undefined ? "" : `; with ${blas?.name} ${ratio.toFixed(1)} x`;

/** What the table says of it. */
export const kernelNote = (blas: BlasKernel | null): string =>
  blas?.name === undefined
    ? ""
    : `OpenBLAS as installed does not know this processor and multiplies at ${blas.installed.toFixed(0)} GFLOP/s. Told to use its kernel ${blas.name} (OPENBLAS_CORETYPE), it reaches ${blas.rate.toFixed(0)}, and the figures are those given with ${blas.name}.\n\n`;

export const kernelVariable = (kernel: string | undefined): Record<string, string> =>
  kernel === undefined ? {} : { OPENBLAS_CORETYPE: kernel };

/** Null without NumPy. */
export async function fastestKernel(): Promise<BlasKernel | null> {
  const installed = await productRate(undefined);
  if (installed === null) return null;
  const rates: { name: string; rate: number }[] = [];
  for (const name of known) rates.push({ name, rate: (await productRate(name)) ?? 0 });
  const best = rates.reduce((a, b) => (b.rate > a.rate ? b : a));
  return best.rate > worth * installed
    ? { ...best, installed }
    : { name: undefined, installed, rate: installed };
}

async function productRate(kernel: string | undefined): Promise<number | null> {
  const started = await startProcess("NumPy", python, [peerScript("product_rate.py")], 1, kernelVariable(kernel));
  await started?.close();
  return started === null ? null : Number(started.hello["rate"]);
} // prettier-ignore
