/** The main job: all studies' pieces of work in the order in which they are done, each once. */

import type { StoredRecord } from "../run/record.ts";
import { taskId, type Task } from "../run/task.ts";
import type { Scope, Study } from "./study.ts";

const once = (tasks: readonly Task[]): Task[] => [...new Map(tasks.map((t) => [taskId(t), t])).values()];

/** The tasks of a scope: all studies' first ones, then their main ones, then what may be left out. */
export function plan(studies: readonly Study[], scope: Scope): Task[] {
  const plans = studies.map((study) => study.tasks(scope));
  return once((["first", "main", "last"] as const).flatMap((turn) => plans.flatMap((p) => p[turn] ?? [])));
}

/** What the first tasks' records call for. */
export const followUps = (
  studies: readonly Study[],
  records: readonly StoredRecord[],
  scope: Scope,
): Task[] => once(studies.flatMap((study) => study.followUps?.(records, scope) ?? []));
