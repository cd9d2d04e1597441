/** The main job's plan at each scale: what is run, in which order, and what is left out first when time is short. */

import { builtIn } from "./registry.ts";
import { degreeParityFollowUps, degreeParityTasks, furtherDegreeParityTasks } from "./degree-parity/study.ts";
import { certificateTasks, lossSeeds, recipeTasks, transitionPlan } from "./certificates/study.ts";
import { lossChecks, lossTasks } from "./losses/study.ts";
import { matrixScales, matrixTasks, planMatrix, type MatrixPlan } from "./matrix/study.ts";
import { inRole, type Planned, type Scale } from "./scale.ts";
import type { StoredRecord } from "../run/store/files.ts";
import { transitionChecks, transitionTasks } from "./transition/study.ts";

/** The matrix of a scale. */
export const matrixOf = (scale: Scale): MatrixPlan =>
  planMatrix(matrixScales[scale === "paper" ? "full" : scale]);

/**
 * The tasks of a scale, most important first: the main family, all families, the matrix, the transition maps, and more
 * draws of the main family. */
export const plan = (scale: Scale): Planned[] => [
  ...inRole("family", [...certificateTasks(builtIn), ...recipeTasks(scale)]),
  ...degreeParityTasks(scale),
  ...inRole("matrix", matrixTasks(matrixOf(scale))),
  ...inRole("family", [...lossTasks(lossSeeds(scale)), ...transitionTasks(transitionPlan(scale))]),
  ...furtherDegreeParityTasks(scale),
];

/** What the first tasks' records call for. */
export const followUps = (scale: Scale, records: readonly StoredRecord[]): Planned[] => [
  ...inRole("continued", degreeParityFollowUps(scale, records)),
  ...inRole("family", [
    ...lossChecks(lossSeeds(scale), records),
    ...transitionChecks(transitionPlan(scale), records),
  ]),
];
