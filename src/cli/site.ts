/** What `doctor` says of Slurm: what the site allows, and whether its nodes can do the work. */

import { InputError, reject } from "../base/errors.ts";
import type { Site } from "../run/executor/slurm/site.ts";
import type { SiteCheck } from "../run/executor/slurm/site-check.ts";
import { limitText } from "../run/executor/slurm/sizing.ts";
import { ownProgram } from "./executor.ts";

export interface SiteFlags {
  readonly site?: boolean;
  readonly partition?: string;
}

/** Null where Slurm's programs are not on this machine. */
export type SlurmReport = (Site & { readonly check?: SiteCheck }) | { readonly problem: string } | null;

/** @throws InputError where a job is to be sent, and there is nobody to send it to */
export async function slurmSite({ site: send = false, partition }: SiteFlags): Promise<SlurmReport> {
  const { ask } = await import("../run/executor/slurm/calls.ts");
  const { partitionOf, siteOf } = await import("../run/executor/slurm/site.ts");
  if (partition !== undefined && !send)
    reject({ where: "--partition", what: "is read with --site only", next: "add --site" });
  const site = await siteOf(ask).catch((error: unknown) => {
    if (error instanceof InputError && !send) return null;
    throw error;
  });
  if (site === null || !send) return site;
  if ("problem" in site) return reject({ where: "--site", what: `Slurm does not answer: ${site.problem}` });
  const { checkSite } = await import("../run/executor/slurm/site-check.ts");
  const { name } = partitionOf(site, partition);
  return { ...site, check: await checkSite(ask, process.cwd(), ownProgram(), name) };
}

export function siteLines(report: SlurmReport): string[] {
  if (report === null) return ["Slurm: not on this machine"];
  if ("problem" in report) return [`Slurm: does not answer (${report.problem})`];
  const { version, maxArraySize, partitions, check } = report;
  return [
    `Slurm ${version}: up to ${maxArraySize} pilots an array`,
    ...partitions.map(({ name, isDefault, isUp, limit, nodes, cores, memory }) => {
      const label = `${name}${isDefault ? " (default)" : ""}${isUp ? "" : ", down"}`;
      return `  ${label}: --time ${limitText(limit)} at most, ${nodes} nodes of ${cores} cores, ${memory} MiB`;
    }),
    ...(check === undefined ? [] : [`  ${checkLine(check)}`]),
  ];
}

const checkLine = (check: SiteCheck): string =>
  check.problem === undefined
    ? `a job on ${check.node} saw this folder and ran equihard ${check.version}`
    : check.problem;
