/** The library's public names. */

export { InputError, type Problem } from "./base/errors.ts";
export { foldIn, keyFor, split, type Key } from "./base/random.ts";
