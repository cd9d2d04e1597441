/** `lab` */

import { spawn } from "node:child_process";
import { existsSync, realpathSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { described, integer } from "../base/schema.ts";
import { addFields, newCommand, parseArguments, parseOptions } from "./command.ts";
import { interruptible, print, type OutputOptions } from "./io.ts";

const schema = z.strictObject({
  port: described(z._default(integer(0, 65_535), 0), "port on 127.0.0.1; 0 takes any that is free"),
  results: described(z.optional(z.string()), "folder of a run, sweep or report, for the room of results"),
});

/** Beside dist/, in a checkout as in the package. */
const pages = fileURLToPath(new URL("../../lab/dist", import.meta.url));

export async function run(args: readonly string[]): Promise<number> {
  const command = newCommand(
    "lab",
    "The lab in the browser: train, play against the adversary, certify labels of your own. Serves this machine only.",
    "equihard lab --open",
  ).option("--open", "open it in the browser");
  addFields(command, schema);
  const parsed = parseArguments(command, args);
  if (parsed === null) return 0;
  const flags = parsed.opts<OutputOptions & { open?: boolean }>();
  const { port, results } = parseOptions(schema, flags as Record<string, unknown>);
  if (parsed.args.length > 0) reject({ where: "lab", what: `takes no argument "${parsed.args[0]}"` });
  if (results !== undefined && statSync(results, { throwIfNoEntry: false })?.isDirectory() !== true)
    reject({ where: "--results", what: `${results} is no folder` });
  if (!existsSync(`${pages}/index.html`))
    reject({ where: "lab", what: "the page is not built", next: "npm ci && npm run build, in a checkout" });
  const { serveSite } = await import("../site/serve.ts");
  const site = await serveSite({ pages, port, results: results && realpathSync(results) });
  print(
    flags,
    { schema: "equihard.lab/1", url: site.url },
    () => `the lab is at ${site.url} (Ctrl-C ends it)`,
  );
  if (flags.open === true) open(site.url);
  const signal = interruptible();
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  await site.close();
  return 0;
}

const openers: Readonly<Record<string, string>> = { darwin: "open", win32: "explorer" };

/** By what the system opens addresses with; where there is none, the address has been printed. */
function open(url: string): void {
  const child = spawn(openers[process.platform] ?? "xdg-open", [url], { detached: true, stdio: "ignore" });
  child.on("error", () => {});
  child.unref();
}
