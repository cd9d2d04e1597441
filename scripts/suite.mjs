// Grades our own learners and students for `score --board`: node scripts/suite.mjs [--minutes N] [SUBMISSION...].
import { runBundled } from "./bundled.mjs";

await runBundled("bench/suite.ts", "suite");
