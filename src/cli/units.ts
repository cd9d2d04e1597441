/** Durations and sizes as people and schedulers write them. */

import { reject } from "../base/errors.ts";

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const mebibytes: Readonly<Record<string, number>> = { M: 1, G: 1024, T: 1024 ** 2 };

/**
 * Seconds of a duration such as `50m`.
 *
 * @throws InputError for what is none
 */
export function parseDuration(text: string, where: string): number {
  const found = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text);
  if (found === null)
    return reject({
      where,
      what: `${text} is no duration`,
      allowed: "a number with s, m, h or d, as in 50m",
    });
  return Number(found[1]) * seconds[found[2]];
}

/**
 * MiB of a size such as `4G`.
 *
 * @throws InputError for what is none
 */
export function parseMemory(text: string, where: string): number {
  const found = /^(\d+(?:\.\d+)?)([MGT])$/.exec(text);
  const size = found === null ? 0 : Math.ceil(Number(found[1]) * mebibytes[found[2]]);
  return size > 0
    ? size
    : reject({ where, what: `${text} is no size`, allowed: "a number above 0 with M, G or T, as in 4G" });
}
