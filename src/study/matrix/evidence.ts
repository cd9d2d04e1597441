/** What a matrix shows of the paper's results: gradient descent with each family's own architecture. */

import { settingText, trainedCell, type Cell } from "../cell.ts";
import { rowOf } from "../paper.ts";
import type { Catalogue } from "../../run/catalogue.ts";
import type { StoredRecord } from "../../run/record.ts";
import type { MatrixPlan } from "./plan.ts";

export function matrixEvidence(
  plan: MatrixPlan,
  records: readonly StoredRecord[],
  catalogue: Catalogue,
): Cell[] {
  return plan.entries.flatMap(({ setting, learner, easy, tasks }) => {
    const row = rowOf(setting.family);
    const own = learner.learner === "gradient-descent" && learner.train === undefined && !easy;
    if (row === undefined || !own) return [];
    const hard = tasks.flatMap((task) => (task.kind === "train" ? [task] : []));
    const certificate = plan.certificates.find((c) => c.setting === setting)?.task;
    return trainedCell({ row, at: settingText(setting), hard, certificate }, records, catalogue) ?? [];
  });
}
