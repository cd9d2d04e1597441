/** Where the time of a step goes, by ONNX Runtime's own profile of its kernels. */

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { totalSize } from "../src/engine/train/flat.ts";
import { median } from "../src/base/statistics.ts";
import { cyclicWorkload, points } from "./cyclic.ts";
import { equihard } from "./peers/equihard.ts";
import { flops } from "./sections.ts";
import { pinned, workload, type Workload } from "./workload.ts";

const groups = ["matrix products", "relu and its gradient", "sums", "optimiser", "other"] as const;
export type Group = (typeof groups)[number];

export interface Profile {
  readonly of: string;
  /** Microseconds a step: every kernel's median, as some of its runs were interrupted by other programs. */
  readonly times: Readonly<Record<Group, number>>;
  /** The products' share of all. */
  readonly share: number;
  readonly gflops: number;
}

interface Kernel {
  readonly name: string;
  readonly dur: number;
  readonly args: { readonly op_name?: string; readonly output_type_shape?: readonly Readonly<Record<string, readonly number[]>>[] }; // prettier-ignore
}

/** A step to profile: the numbers of its largest array, and the floating-point operations of its matrix products. */
interface Step {
  readonly of: string;
  readonly work: Workload;
  readonly largest: number;
  readonly operations: number;
}

/** The pinned step in its plain arithmetic. */
export function pinnedProfile(width: number): Promise<Profile> {
  const work = workload(pinned(width));
  const largest = work.batch * work.n * width;
  return profile({ of: `width ${width}`, work, largest, operations: flops(pinned(width), false) });
}

/** The race's frame-averaged step. */
export function frameAveragedProfile(): Promise<Profile> {
  const work = cyclicWorkload("frame-averaged");
  const { batch, sizes } = work;
  const { width } = sizes;
  const rows = batch * points;
  const operations = 2 * rows * (2 * points * width + 3 * width * width) + 6 * batch * width * width;
  return profile({ of: `frame-averaged, width ${width}`, work, largest: rows * width, operations });
}

async function profile({ of, work, largest, operations }: Step): Promise<Profile> {
  const prefix = join(tmpdir(), `equihard-profile-${process.pid}-${of.replaceAll(/\W+/g, "-")}`);
  const contender = await equihard(work, false, { profile: prefix });
  await contender.steps(320);
  await contender.close();
  const name = readdirSync(dirname(prefix)).find((f) => f.startsWith(basename(prefix)));
  if (name === undefined) throw new Error("ONNX Runtime wrote no profile");
  const file = join(dirname(prefix), name);
  const events = JSON.parse(readFileSync(file, "utf8")) as Kernel[];
  rmSync(file);

  const weights = totalSize(work.network(false).weights);
  /** Entrywise operations are told apart by how many entries they have. */
  const groupOf = ({ op_name: op = "", output_type_shape: outputs = [] }: Kernel["args"]): Group => {
    const shape = Object.values(outputs[0] ?? {})[0];
    // sums over rows are products with a row of ones
    if (op.startsWith("Reduce") || (op === "Gemm" && shape?.[0] === 1)) return "sums";
    if (/Gemm|MatMul/.test(op)) return "matrix products";
    const entries = shape?.reduce((a, b) => a * b, 1);
    if (/Relu|HardSigmoid/.test(op) || (op === "Mul" && entries >= largest)) return "relu and its gradient";
    return entries === weights && op !== "Concat" ? "optimiser" : "other";
  };
  const kernels = new Map<string, { group: Group; durations: number[] }>();
  for (const { name, dur, args } of events) {
    if (!name.endsWith("_kernel_time") || args.op_name === "Scan") continue;
    const kernel = kernels.get(name) ?? { group: groupOf(args), durations: [] };
    kernels.set(name, kernel);
    kernel.durations.push(dur);
  }
  const times = Object.fromEntries(groups.map((group) => [group, 0])) as Record<Group, number>;
  for (const { group, durations } of kernels.values()) times[group] += median(durations);
  const all = Object.values(times).reduce((a, b) => a + b, 0);
  const products = times["matrix products"];
  return { of, times, share: products / all, gflops: operations / products / 1e3 };
}

/** Shares of the step by group; what would be left to win if all but the products cost nothing. */
export function profileTable(profiles: readonly Profile[], ratios: readonly (number | undefined)[]): string {
  const percent = (x: number): string => `${(100 * x).toFixed(0)} %`;
  const all = ({ times }: Profile): number => Object.values(times).reduce((a, b) => a + b, 0);
  const rows = groups.map((g) => `| ${g} | ${profiles.map((p) => percent(p.times[g] / all(p))).join(" | ")} |`);
  const bounds = profiles.flatMap(({ of, share }, i) => {
    const ratio = ratios[i];
    return ratio === undefined ? [] : [`${(ratio / share).toFixed(2)} x PyTorch instead of ${ratio.toFixed(2)} x (${of})`];
  });
  return [
    `| where the step's time goes, same arithmetic | ${profiles.map((p) => p.of).join(" | ")} |`,
    `| --- |${" --- |".repeat(profiles.length)}`,
    ...rows,
    ...(bounds.length === 0 ? [] : ["", `If everything but the matrix products cost nothing, a step would run at ${bounds.join(", ")}.`]),
  ].join("\n");
} // prettier-ignore
