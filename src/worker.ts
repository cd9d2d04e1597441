/** What the program's worker processes run: tasks of what is built in. */

import { sideBySide } from "./cli/threads.ts";
import { loadFamily } from "./family/built-in.ts";
import { loadLearner } from "./learner/built-in.ts";
import type { Catalogue } from "./run/catalogue.ts";
import { serveTasks } from "./run/serve.ts";
import type { Task } from "./run/task.ts";

/** As much of what is built in as a task needs: all of it takes longer to load than many a task. */
async function catalogueFor(task: Task): Promise<Catalogue> {
  if (task.kind === "recipe") return (await import("./study/registry.ts")).builtIn;
  const [family, ...learners] = await Promise.all([
    loadFamily(task.family),
    ...(task.kind === "learn" ? [loadLearner(task.learner)] : []),
  ]);
  return { families: [family], learners, recipes: {} };
}

serveTasks(catalogueFor, sideBySide);
