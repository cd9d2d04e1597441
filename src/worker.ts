/** What the program's worker processes run: tasks of what is built in. */

import { sideBySide } from "./cli/threads.ts";
import { everyFamily } from "./family/neighbours.ts";
import { learners } from "./learner/registry.ts";
import type { Catalogue } from "./run/catalogue.ts";
import { serveTasks } from "./run/serve.ts";

/** Only recipes need the studies, which take as long to load as all else. */
const withoutStudies: Catalogue = { families: everyFamily, learners, recipes: {} };

serveTasks(
  async ({ kind }) => (kind === "recipe" ? (await import("./study/registry.ts")).builtIn : withoutStudies),
  sideBySide,
);
