/** Where the time of a step goes, by ONNX Runtime's own profile of its kernels. */

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { totalSize } from "../src/engine/train/flat.ts";
import { median } from "../src/base/statistics.ts";
import { cyclicWorkload, points } from "./cyclic.ts";
import { equihard } from "./peers/equihard.ts";
import { pinned, workload, type Workload } from "./workload.ts";

const groups = ["matrix products", "relu and its gradient", "sums", "optimiser", "other"] as const;
export type Group = (typeof groups)[number];

export interface Profile {
  readonly of: string;
  /**
   * Microseconds a step: every kernel's median, as some of its runs were interrupted by other programs, less what the
   * profiler itself adds to each, which is what it tells of nodes that only rename an array.
   */
  readonly times: Readonly<Record<Group, number>>;
}

interface Kernel {
  readonly name: string;
  readonly dur: number;
  readonly args: { readonly op_name?: string; readonly output_type_shape?: readonly Readonly<Record<string, readonly number[]>>[] }; // prettier-ignore
}

/** A step to profile, and the numbers of its largest array. */
interface Step {
  readonly of: string;
  readonly work: Workload;
  readonly largest: number;
}

/** The pinned step in its plain arithmetic. */
export function pinnedProfile(width: number): Promise<Profile> {
  const work = workload(pinned(width));
  const largest = work.batch * work.n * width;
  return profile({ of: `width ${width}`, work, largest });
}

/** The race's frame-averaged step. */
export function frameAveragedProfile(): Promise<Profile> {
  const work = cyclicWorkload("frame-averaged");
  const { batch, sizes } = work;
  const { width } = sizes;
  return profile({ of: `frame-averaged, width ${width}`, work, largest: batch * points * width });
}

async function profile({ of, work, largest }: Step): Promise<Profile> {
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
  const renaming = [...kernels].filter(([name]) => name.startsWith("Reshape"));
  const own = median(renaming.map(([, { durations }]) => median(durations)));
  for (const { group, durations } of kernels.values()) times[group] += Math.max(0, median(durations) - own);
  return { of, times };
}

/** Shares of the kernels' time by group. */
export function profileTable(profiles: readonly Profile[]): string {
  const all = ({ times }: Profile): number => Object.values(times).reduce((a, b) => a + b, 0);
  const share = (p: Profile, g: Group): string => `${((100 * p.times[g]) / all(p)).toFixed(0)} %`;
  return [
    `| where the kernels' time goes, same arithmetic | ${profiles.map((p) => p.of).join(" | ")} |`,
    `| --- |${" --- |".repeat(profiles.length)}`,
    ...groups.map((g) => `| ${g} | ${profiles.map((p) => share(p, g)).join(" | ")} |`),
  ].join("\n");
}
