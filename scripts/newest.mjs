// Apart from the builds that ask it, which load each other: in a circle they would wait for each other for ever.
import { readdirSync, statSync } from "node:fs";

/**
 * When something below a folder was last written, added or removed; what is built is passed over. Every command of a
 * checkout asks this first: paths are put together here, since `join` takes as long as all the rest.
 */
export function newest(dir) {
  let time = statSync(dir).mtimeMs;
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (entry.name === "dist") continue;
    const path = `${dir}/${entry.name}`;
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}
