/** How long one document may occupy a verifier, whoever wrote it. */

/** Milliseconds of processor time: `verify` where work above 10 s by its estimate is refused; examples/verify. */
export const slowestAllowed = { verify: 30_000, python: 120_000 };
