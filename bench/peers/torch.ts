/** PyTorch in a process of its own. */

import { kernelVariable } from "./blas.ts";
import { peerScript, python, startProcess, type ProcessContender } from "./process.ts";

export const torchHint = "apt-get install python3-torch libopenblas0 (another interpreter: PYTHON=...)";

export interface TorchOptions {
  readonly threads?: number;
  readonly type?: "float32" | "float64";
  /** Which of the ways to write the network that the script knows. */
  readonly variant?: string;
  /** The kernel of OpenBLAS, where it should not choose by itself. */
  readonly kernel?: string;
}

/** A script of this folder on a workload's; null where there is no PyTorch. */
export function torch(
  script: "gnn_torch.py" | "cyclic_torch.py",
  folder: string,
  { threads = 1, type = "float32", variant, kernel }: TorchOptions = {},
): Promise<ProcessContender | null> {
  const name = [
    "PyTorch",
    ...(variant === undefined ? [] : [variant.split(" ").at(-1)]),
    ...(threads === 1 ? [] : [`${threads} threads`]),
  ].join(", ");
  const args = [
    peerScript(script),
    folder,
    String(threads),
    type,
    ...(variant === undefined ? [] : [variant]),
  ];
  return startProcess(name, python, args, threads, kernelVariable(kernel));
}
