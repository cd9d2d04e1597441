/** What is certified of every family, over the sizes that families choose for themselves. */

import type { Certificate } from "../../query/certificate.ts";
import { familyIn, type Catalogue } from "../../run/catalogue.ts";
import { recordsOf } from "../../run/record.ts";
import { certificateTask } from "../../run/certificate-task.ts";
import { type Task } from "../../run/task.ts";
import type { Study } from "../study.ts";

export interface Certified {
  /** By id, with what each is and where it is from. */
  readonly families: readonly { readonly id: string; readonly title: string; readonly source: string }[];
  /** Whatever was certified in the run, of each family by its dimension. */
  readonly certificates: readonly Certificate[];
}

const certificateTasks = ({ families }: Catalogue): Task[] =>
  families.flatMap((family) =>
    (family.settings?.certified ?? []).map((params) => certificateTask(family, params)),
  );

export const certificates: Study<Certified> = {
  id: "certificates",
  tasks: ({ catalogue }) => ({ first: certificateTasks(catalogue) }),
  read(records, { catalogue }) {
    const found = recordsOf(records, "certify").map((r) => r.result);
    if (found.length === 0) return null;
    const ids = [...new Set(found.map((c) => c.family.id))].sort();
    return {
      families: ids.map((id) => familyIn(catalogue, id)),
      certificates: ids.flatMap((id) =>
        found.filter((c) => c.family.id === id).sort((a, b) => a.dimension.log2 - b.dimension.log2),
      ),
    };
  },
  sections: async (data) => (await import("./section.ts")).certificateSections(data),
};
