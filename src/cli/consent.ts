/** Long or large work is announced, and done only with `--yes`. */

import { reject } from "../base/errors.ts";
import { briefTime, type Cost } from "../base/cost.ts";

const [longest, largest] = [600, 2 * 2 ** 30];

export const yesFlag = ["--yes", "do work estimated above 2 GiB or 10 minutes"] as const;

/** @throws InputError with the estimate for work above 2 GiB or 10 minutes without `--yes` */
export function requireConsent({ seconds, bytes }: Cost, yes: boolean | undefined, where: string): void {
  if (yes === true || (seconds <= longest && bytes <= largest)) return;
  reject({
    where,
    what: `this takes about ${briefTime(seconds)} and ${(bytes / 2 ** 30).toFixed(1)} GiB`,
    next: "add --yes to do it",
  });
}
