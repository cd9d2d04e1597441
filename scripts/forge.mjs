// Bundles the forgers' trial beside the program and runs it:
// node scripts/forge.mjs [COUNT] [SEED] [COUNT IN PYTHON] [PART].
import { runBundled } from "./bundled.mjs";

await runBundled("bench/forge.ts", "forge");
