/**
 * A run folder's file as work: the trials of a sweep, or what studies plan. `reproduce`, `matrix` and the transition
 * maps are files of the second form, so that whatever runs, resumes and watches a sweep does the same for them.
 */

import * as z from "zod/mini";
import { reject, requireChoice } from "../base/errors.ts";
import { described } from "../base/schema.ts";
import type { Catalogue } from "../run/catalogue.ts";
import type { Task } from "../run/task.ts";
import { named, type Located } from "../sweep/document.ts";
import { spread, sweepJob, type Job, type Probe } from "../sweep/job.ts";
import { planSweep, type SweepPlan } from "../sweep/plan.ts";
import { checkAt, specSchema } from "../sweep/spec.ts";
import { followUps, plan } from "./reproduce.ts";
import { scales } from "./scale.ts";
import { choicesSchema, type Choices, type Scope, type Study } from "./study.ts";

/** All studies: what `reproduce` runs. */
export const ALL = "all";

const studySchema = z.strictObject({
  study: described(z.string(), `study id; ${ALL}: what reproduce runs`),
  scale: described(z._default(z.enum(scales), "quick"), "how much is run"),
  ...choicesSchema.shape,
});

/** A file of studies. */
export type StudySpec = z.input<typeof studySchema>;

/** Either form of a run folder's file. */
export const fileSchema = z.union([specSchema, studySchema]);

/** Studies, and what they are planned and read for. */
export interface Studied {
  readonly studies: readonly Study[];
  readonly scope: Scope;
}

/** What a file asks for, and how what comes of it is read. */
export type RunFile = { readonly job: Job } & (
  | { readonly plan: SweepPlan; readonly studied?: undefined }
  | { readonly plan?: undefined; readonly studied: Studied }
);

/** The work of studies. */
export function studyJob({ studies, scope }: Studied, spec: StudySpec): Job {
  const first = plan(studies, scope);
  return {
    spec: z.parse(studySchema, spec),
    cells: first.length,
    trials: first.length,
    probes: probesOf(first),
    isUniform: false,
    askedBy: studies.some((study) => study.followUps !== undefined) ? "A study" : null,
    wanted: (records) => [...first, ...followUps(studies, records, scope)],
  };
}

/** The first, the middle and the last of each kind of work, for all of that kind. */
function probesOf(tasks: readonly Task[]): Probe[] {
  const byKind = new Map<string, Task[]>();
  for (const task of tasks) byKind.set(task.kind, [...(byKind.get(task.kind) ?? []), task]);
  return [...byKind.values()].flatMap((kind) => {
    const chosen = spread(kind);
    return chosen.map((task) => ({ task, count: kind.length / chosen.length }));
  });
}

/**
 * @param known the studies that a file may name
 * @throws InputError with line and column
 */
export function readRunFile(file: Located, catalogue: Catalogue, known: readonly Study[]): RunFile {
  if (!isOfStudies(file.value)) {
    const plan = planSweep(file, catalogue);
    return { plan, job: sweepJob(plan) };
  }
  const { study: id, scale, ...chosen } = checkAt(studySchema, file, file.value);
  const at = (field: string): string => `${file.at([field])}: ${field}`;
  requireChoice(id, [ALL, ...known.map((study) => study.id)], at("study"));
  const studies = id === ALL ? known : known.filter((study) => study.id === id);
  const read = id === ALL ? [] : (studies[0].choices ?? []);
  for (const name of Object.keys(chosen) as (keyof Choices)[])
    if (!read.includes(name))
      reject({
        where: at(name),
        what: `is not read by ${id}`,
        allowed: read.join(", ") || "study and scale",
      });
  const studied = { studies, scope: { scale, catalogue, chosen } };
  const job = named(file, chosen.families === undefined ? ["study"] : ["families"], () =>
    studyJob(studied, { study: id, scale, ...chosen }),
  );
  if (job.trials === 0)
    reject({ where: at("scale"), what: `${id} has nothing to do at ${scale}`, next: "take a greater scale" });
  return { studied, job };
}

const isOfStudies = (value: unknown): boolean =>
  value !== null && typeof value === "object" && !Array.isArray(value) && "study" in value;
