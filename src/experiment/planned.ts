/** The main job's scales, and a task with the part of the report it belongs to. */

import type { Task } from "./task.ts";

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
