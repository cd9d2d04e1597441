/**
 * Each family at the size that it names for a failure: the one training there around which every check changes one
 * thing.
 */

import type { JsonObject } from "../../base/checked.ts";
import type { Family } from "../../family/family.ts";
import type { Sized } from "../../family/settings.ts";
import { studentSizes } from "../../family/student.ts";
import type { Catalogue } from "../../run/catalogue.ts";
import { settingText } from "../cell.ts";
import type { Training } from "./trial.ts";

/** A family at one size, and how it is trained there. */
export interface FailingCell {
  readonly family: Family;
  readonly params: JsonObject;
  /** The size in words. */
  readonly at: string;
  readonly options: Training["options"];
}

/** 2000 steps of 256 where a family names no other: at every one of these sizes enough for the easy twin. */
const BUDGET = { steps: 2000, batch: 256, stopAt: 0.99 } as const;

export const failingCells = ({ families }: Catalogue): FailingCell[] =>
  families.flatMap((family) => {
    const { failing, lead } = family.settings ?? {};
    const sizes = failing ?? (lead === undefined ? [] : [lead]);
    return sizes.map((size) => failingCell(family, size));
  });

/** The student class, where it is not the one that holds the target. */
const studentIn = ({ student }: JsonObject): JsonObject => (student === undefined ? {} : { student });

/** Whether the cell's student is of the class that holds the target. */
export const holdsTarget = ({ options }: FailingCell): boolean => options.student === undefined;

/** A family at one size. */
export const failingCell = (family: Family, { params, train }: Sized): FailingCell => ({
  family,
  params: family.parse(params).json,
  at: settingText({ family: family.id, params: { ...params, ...studentIn(train) } }),
  options: { ...BUDGET, ...train },
});

/** The cell's training with some options changed. */
export const trainingOf = (
  { family, params, options }: FailingCell,
  changed: Training["options"] = {},
  { seed = 0, easy = false }: { readonly seed?: number; readonly easy?: boolean } = {},
): Training => ({
  kind: "train",
  family: family.id,
  params,
  seed,
  easy,
  options: { ...options, ...changed },
});

/** The cell's training of another student class, without the sizes that this one does not read. */
export function studentTraining(cell: FailingCell, student: string, easy = false): Training {
  const task = trainingOf(cell, { student }, { easy });
  const { options: read } = cell.family.students[student];
  const unread = new Set<string>(studentSizes.filter((size) => !read.includes(size)));
  const options = Object.fromEntries(Object.entries(task.options).filter(([name]) => !unread.has(name)));
  return { ...task, options };
}
