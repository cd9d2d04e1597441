/** The average predictor of each family at its failing cell: what a learner knows that knows the family only. */

import * as z from "zod/mini";
import type { JsonObject } from "../../base/checked.ts";
import { canonicalJson } from "../../base/json.ts";
import { mean } from "../../base/statistics.ts";
import { paragraph, sentences, table, type Block } from "../../report/page.ts";
import type { StoredRecord } from "../../run/record.ts";
import type { CheckResult } from "../checks.ts";
import { settingText } from "../cell.ts";
import { failingCells } from "../comparison/cells.ts";
import { CHECKS_SECTION } from "../comparison/comparison.ts";
import { computedBy, recipeTask, unlessEmpty, type Study } from "../study.ts";

const average = z.object({
  family: z.string(),
  params: z.record(z.string(), z.json()),
  members: z.number(),
  samples: z.number(),
  /** Explained variance of members that are not in the average, on fresh examples. */
  explained: z.array(z.number()),
});
export type AverageMember = z.output<typeof average>;

const id = "average-member";

export const averageMember: Study<readonly AverageMember[]> = {
  id,
  recipe: { references: [], load: async () => (await import("./recipe.ts")).averageMember },
  tasks: ({ scale, catalogue }) => ({
    main:
      scale === "quick"
        ? []
        : failingCells(catalogue).map(({ family, params }) =>
            recipeTask(id, family.id, { family: family.id, params, members: 200, samples: 8000, targets: 5 }),
          ),
  }),
  read: (records) => unlessEmpty(computedBy(id, average, records).map((r) => r.result)),
  sections: (found) =>
    Promise.resolve([{ ...CHECKS_SECTION, blocks: [paragraph(INTRODUCTION), averageTable(found)] }]),
};

const INTRODUCTION = sentences(
  "The average predictor: the mean of standardised members of a family, its multiple and offset fitted to a member",
  "that is not among them. It is what can be predicted without learning anything of the hidden parameters.",
);

const averageTable = (found: readonly AverageMember[]): Block =>
  table(
    ["family at its size", "members averaged", "explained variance of others: mean", "least", "greatest"],
    found.map(({ family, params, members, explained }) => [
      settingText({ family, params }),
      String(members),
      ...[mean(explained), Math.min(...explained), Math.max(...explained)].map((x) => x.toFixed(4)),
    ]),
  );

/** The check at a family's size, null where it has not run. */
export function averageCheck(
  family: string,
  params: JsonObject,
  records: readonly StoredRecord[],
): CheckResult | null {
  const record = computedBy(id, average, records).find(
    ({ result }) => result.family === family && canonicalJson(result.params) === canonicalJson(params),
  );
  if (record === undefined) return null;
  const { explained, members } = record.result;
  return {
    says: `the average of ${members} members explains ${mean(explained).toFixed(3)} of ${explained.length} others`,
    holds: null,
    records: [record.id],
  };
}
