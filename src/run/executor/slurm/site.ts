/** What a site lets jobs have: its partitions and the limits of its controller. */

import { reject, requireChoice } from "../../../base/errors.ts";
import type { Ask } from "./calls.ts";

/** A partition, as `sinfo` shows it. */
export interface Partition {
  readonly name: string;
  readonly isDefault: boolean;
  readonly isUp: boolean;
  /** Seconds that a job may last; Infinity where nothing is said. */
  readonly limit: number;
  readonly nodes: number;
  /** Of the smallest node. */
  readonly cores: number;
  /** MiB of the largest node. */
  readonly memory: number;
}

/** @see readSite */
export interface Site {
  readonly version: string;
  /** Indices of arrays are below. */
  readonly maxArraySize: number;
  readonly partitions: readonly Partition[];
}

/** Seconds of `1-02:03:04`, `02:03:04` or `03:04`. */
export function parseTimeLimit(text: string): number {
  const found = /^(?:(\d+)-)?(?:(\d+):)?(\d+):(\d+)$/.exec(text.trim());
  if (found === null) return Infinity; // infinite, n/a
  const [days = 0, hours = 0, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** `sinfo -h -e -o '%P|%a|%l|%c|%m|%D'`: a row for each kind of node of each partition. */
export function parsePartitions(text: string): Partition[] {
  const found = new Map<string, Partition>();
  for (const row of text.split("\n").filter((line) => line.includes("|"))) {
    const [label, state, limit, ...counts] = row.split("|");
    const [cores, memory, nodes] = counts.map((count) => Number.parseInt(count, 10) || 0);
    const name = label.replace(/\*$/, "");
    const before = found.get(name);
    found.set(name, {
      name,
      isDefault: label.endsWith("*"),
      isUp: state === "up",
      limit: parseTimeLimit(limit),
      nodes: nodes + (before?.nodes ?? 0),
      cores: Math.min(cores, before?.cores ?? Infinity),
      memory: Math.max(memory, before?.memory ?? 0),
    });
  }
  return [...found.values()];
}

/** A site's limits, or in words why they are not known. */
export async function siteOf(ask: Ask): Promise<Site | { readonly problem: string }> {
  const [config, nodes] = await Promise.all([
    ask("scontrol", ["show", "config"]),
    ask("sinfo", ["-h", "-e", "-o", "%P|%a|%l|%c|%m|%D"]),
  ]);
  if (config.problem !== undefined) return { problem: config.problem };
  if (nodes.problem !== undefined) return { problem: nodes.problem };
  const value = (name: string): string | undefined =>
    new RegExp(`^${name}\\s*= (.*)$`, "m").exec(config.text)?.[1].trim();
  return {
    version: value("SLURM_VERSION") ?? "unknown",
    maxArraySize: Number(value("MaxArraySize") ?? 1001),
    partitions: parsePartitions(nodes.text),
  };
}

/** @throws InputError where the controller does not answer */
export async function readSite(ask: Ask): Promise<Site> {
  const site = await siteOf(ask);
  if (!("problem" in site)) return site;
  return reject({
    where: "--executor slurm",
    what: `Slurm does not answer: ${site.problem}`,
    next: "try again when 'scontrol ping' says UP; nothing was submitted",
  });
}

/**
 * The partition that is named, or the site's default.
 *
 * @throws InputError where there is none of that name, or none at all
 */
export function partitionOf({ partitions }: Site, name: string | undefined): Partition {
  const names = partitions.map((each) => each.name);
  if (name !== undefined) requireChoice(name, names, "--partition");
  const found = partitions.find((each) => (name === undefined ? each.isDefault : each.name === name));
  return (
    found ?? reject({ where: "--partition", what: "the site has no default", allowed: names.join(", ") })
  );
}
