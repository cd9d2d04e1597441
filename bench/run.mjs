// Bundles the benchmark beside the program and runs it.
import { runBundled } from "../scripts/bundled.mjs";

await runBundled("bench/main.ts", "bench");
