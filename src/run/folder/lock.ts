/**
 * `lock`: one client at a time plans the work of a run folder; workers need none. It is a claim like those of pieces,
 * renewed more often, so that another host's client learns soon that this one is alive.
 */

import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { reject } from "../../base/errors.ts";
import { claimWatch, LEASE, takeClaim, type Claim, type ClaimState } from "./claims.ts";

/** Seconds between a client's signs of life. */
const HEARTBEAT = 5;

/** A claim by another that has not expired. */
type Held = Extract<ClaimState, { readonly state: "held" }>;

/**
 * Takes a claim as soon as it is free or has expired.
 *
 * @param renewal seconds between signs of life
 * @param onHeld told of another's claim at every look; what it throws ends the wait
 */
export async function takeWhenFree(
  path: string,
  renewal: number,
  onHeld: (found: Held) => void = () => {},
): Promise<Claim> {
  const watch = claimWatch(LEASE);
  for (;;) {
    const found = watch(path);
    if (found.state === "held") onHeld(found);
    else {
      const claim = takeClaim(path, renewal, found.state === "expired" ? found.mark : undefined);
      if (claim !== null) return claim;
    }
    await pause(20);
  }
}

/**
 * Makes this process the client of a run folder.
 *
 * @param onWait told once if it takes a while to see whether another client lives
 * @throws InputError naming the client that is at it
 */
export function lockRun(dir: string, onWait: (text: string) => void): Promise<Claim> {
  let told = false;
  return takeWhenFree(join(dir, "lock"), HEARTBEAT, ({ renewed, here, holder }) => {
    const who = `process ${holder?.pid ?? "unknown"} on ${holder?.host ?? "an unknown host"}`;
    if (renewed || here)
      reject({
        where: dir,
        what: `another client is at it: ${who}`,
        next: `wait for it, or help it: equihard worker ${dir}`,
      });
    if (!told) onWait(`${dir} is locked by ${who}; waiting for a sign of life, ${LEASE} s at most`);
    told = true;
  });
}
