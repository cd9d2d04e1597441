/** Options as a user names them, and the refusal of those that nobody reads. */

import { reject } from "./errors.ts";

/** `readoutLayers` as the command line has it: `--readout-layers`. */
export const optionFlag = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

/** `--layers, --width`. */
export const optionList = (names: readonly string[]): string => names.map(optionFlag).join(", ");

/**
 * Rejects options that were given but are not read: a record must not show as used what had no effect. Absent ones
 * (undefined) and flags that are off count as not given.
 * @param reader who does not read them, in words
 */
export function refuseUnread(given: object, read: readonly string[], reader: string): void {
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && value !== false && !read.includes(name))
      reject({
        where: optionFlag(name),
        what: `not read by ${reader}`,
        ...(read.length === 0 ? {} : { allowed: optionList(read) }),
      });
}
