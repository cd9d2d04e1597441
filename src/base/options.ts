/** Options as a user names them, and the refusal of those that nobody reads. */

import { reject } from "./errors.ts";

/** `readoutLayers` as the command line has it: `--readout-layers`. */
export const optionFlag = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

/**
 * `--n 8 --degrees 1,3 --shuffle-labels`: how a command line says values; what is an object has no form there, and a
 * flag that is off is not said.
 */
export const optionWords = (values: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => {
    if (Array.isArray(value)) return [optionFlag(name), value.join(",")];
    if (typeof value === "boolean") return value ? [optionFlag(name)] : [];
    return value === undefined || typeof value === "object" ? [] : [optionFlag(name), String(value)];
  });

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
