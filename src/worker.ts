/** What the program's worker processes run: tasks of what is built in. */

import { sideBySide } from "./cli/threads.ts";
import { serveTasks } from "./run/serve.ts";
import { builtIn } from "./study/registry.ts";

serveTasks(builtIn, sideBySide);
