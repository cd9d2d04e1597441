/**
 * `cancel`: the ledger of a run's cancellation. A scheduler may be away when a run is cancelled, or forget it; a worker
 * that starts all the same finds the file and leaves.
 */

import { existsSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { writeWhole } from "../../base/write.node.ts";

const ledgerOf = (dir: string): string => join(dir, "cancel");

/** Milliseconds between looks. */
const INTERVAL = 2000;

export const isCancelled = (dir: string): boolean => existsSync(ledgerOf(dir));

/** @throws InputError if it cannot be written */
export function writeCancellation(dir: string): void {
  const at = new Date().toISOString();
  writeWhole(ledgerOf(dir), `${JSON.stringify({ schema: "equihard.cancel/1", at, host: hostname() })}\n`);
}

/** The run is wanted again. */
export const clearCancellation = (dir: string): void => rmSync(ledgerOf(dir), { force: true });

/** Aborts when the run is cancelled; `end` stops looking. */
export function cancellationWatch(dir: string): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const look = (): void => {
    if (isCancelled(dir)) controller.abort();
  };
  look();
  const timer = setInterval(look, INTERVAL);
  timer.unref();
  return { signal: controller.signal, end: () => clearInterval(timer) };
}
