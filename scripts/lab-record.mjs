// Records anew what the lab's first room replays: node scripts/lab-record.mjs (about a minute).
import { fileURLToPath } from "node:url";
import { runBundled } from "./bundled.mjs";

process.argv.splice(2, Infinity, fileURLToPath(new URL("../lab/room/train/prepared.json", import.meta.url)));
await runBundled("lab/record.ts", "lab-record");
