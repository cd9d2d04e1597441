/** Certificates as pieces of work. */

import type { JsonObject } from "../base/checked.ts";
import type { Family } from "../family/family.ts";
import { asFamily } from "../family/registry.ts";
import type { TaskOf } from "./task.ts";

/** The certificate of a family at the tolerance and correlation that the report states. */
export function certificateTask(of: Family | string, params: JsonObject) {
  const family = asFamily(of);
  const { json } = family.parse(params);
  return {
    kind: "certify",
    family: family.id,
    params: json,
    tau: 1 / 16,
    rho: 1 / 2,
  } as const satisfies TaskOf<"certify">;
}
