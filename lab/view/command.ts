/** Commands as a visitor would type them. */

import { quoted } from "../../src/base/shell.ts";

const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `equihard` with words and options; an option is its name in the program and its value. */
export const command = (words: readonly string[], options: Readonly<Record<string, unknown>>): string =>
  [
    "equihard",
    ...words,
    ...Object.entries(options).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${dashed(name)} ${quoted(String(value))}`],
    ),
  ].join(" ");
