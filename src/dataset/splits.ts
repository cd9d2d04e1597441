/** The parts of a data set as a user names them: `train:N,valid:N,test:N`. */

import { reject } from "../base/errors.ts";
import type { Split } from "./examples.ts";

/** Names of splits, in the order in which they are written. */
export const splitNames = ["train", "valid", "test"] as const;

/** Most examples of a split. */
export const mostSamples = 1_000_000_000;

/** @throws InputError for other names, names given twice, and numbers out of range */
export function parseSplits(text: string): Split[] {
  const given = text.split(",").map((part) => part.split(":"));
  const bad = (what: string): never =>
    reject({
      where: "--splits",
      what,
      allowed: `some of ${splitNames.join(", ")}, each with a number of examples: train:8000,valid:1000,test:1000`,
    });
  for (const [name, count, ...rest] of given) {
    if (!splitNames.some((known) => known === name)) bad(`"${name}" is no split`);
    if (
      count === undefined ||
      rest.length > 0 ||
      !/^[1-9]\d{0,9}$/.test(count) ||
      Number(count) > mostSamples
    )
      bad(`${name} has no number of examples from 1 to ${mostSamples}`);
    if (given.filter(([other]) => other === name).length > 1) bad(`${name} is given twice`);
  }
  return splitNames.flatMap((name) => {
    const found = given.find(([known]) => known === name);
    return found === undefined ? [] : [{ name, count: Number(found[1]) }];
  });
}
