/** The learnability matrix as a study: who learns what. */

import { inTurn, type Scope, type Study } from "../study.ts";
import { matrixEvidence } from "./evidence.ts";
import { matrixPlanOf, matrixTasks, type MatrixPlan } from "./plan.ts";
import { matrixChecks, readMatrix, type Matrix } from "./read.ts";

/** The matrix with the plan it was read for. */
export interface ReadMatrix {
  readonly matrix: Matrix;
  readonly plan: MatrixPlan;
}

/** The study of the plan that `planOf` makes of a scope. */
export const matrixStudy = (planOf: (scope: Scope) => MatrixPlan): Study<ReadMatrix> => ({
  id: "matrix",
  choices: ["samples", "seeds", "families"],
  tasks: (scope) => inTurn(scope, "main", matrixTasks(planOf(scope))),
  followUps: (records, scope) => matrixChecks(planOf(scope), records),
  read(records, scope) {
    const plan = planOf(scope);
    const matrix = readMatrix(plan, records);
    return matrix.cells.every((c) => c.mean === null) ? null : { matrix, plan };
  },
  sections: async (data, document) => (await import("./section.ts")).matrixSections(data, document),
  evidence: (records, scope) => matrixEvidence(planOf(scope), records, scope.catalogue),
});

export const matrix = matrixStudy((scope) => matrixPlanOf(scope));
