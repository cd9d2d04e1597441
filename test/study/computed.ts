/** The computations of studies, run in a test as a worker runs them. */

import type { JsonObject } from "../../src/base/checked.ts";
import { recipeIn } from "../../src/run/catalogue.ts";
import { recordOf } from "../../src/run/store/files.ts";
import type { Task } from "../../src/run/task.ts";
import type { TaskOutcome } from "../../src/run/work.ts";
import { builtIn } from "../../src/study/registry.ts";
import type { Scope, Study } from "../../src/study/study.ts";

/** A study's recipe with these parameters. */
export const computed = async ({ id }: Pick<Study, "id">, params: JsonObject) =>
  (await recipeIn(builtIn, id))(params, { catalogue: builtIn });

/** What a study reads of the record that its recipe leaves of a task. */
export async function foundBy<Data>(study: Study<Data>, task: Task, scope: Scope): Promise<Data> {
  const { measurement = {}, ...result } = await computed(study, task.params);
  return study.read([recordOf(task, result, measurement as TaskOutcome["measurement"])], scope)!;
}
