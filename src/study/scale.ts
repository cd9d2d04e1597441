/** The main job's scales, and a task with the part of the report it belongs to. */

import { taskId, type Task } from "../run/task.ts";

export const scales = ["quick", "laptop", "paper"] as const;
export type Scale = (typeof scales)[number];

/** Which part of the report a task belongs to. */
export type Role =
  | "main"
  | "certificate"
  | "escape"
  | "tuning"
  | "teacher"
  | "control"
  | "continued"
  /** Sections of their own: certificates and recipes of every family, the matrix. */
  | "family"
  | "matrix";

export interface Planned {
  readonly role: Role;
  readonly task: Task;
}

export const inRole = (role: Role, tasks: readonly Task[]): Planned[] =>
  tasks.map((task) => ({ role, task }));

/** The role of every task by its id; one that several parts ask for counts for the main family first, the matrix last. */
export function rolesOf(planned: readonly Planned[]): Map<string, Role> {
  const rank = (role: Role): number => (role === "matrix" ? 0 : role === "family" ? 1 : 2);
  const roles = new Map<string, Role>();
  for (const { role, task } of planned) {
    const id = taskId(task);
    const before = roles.get(id);
    if (before === undefined || rank(role) > rank(before)) roles.set(id, role);
  }
  return roles;
}
