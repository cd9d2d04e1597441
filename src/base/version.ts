/** The program's version, and the version of its numbers. */

/** As in package.json and CITATION.cff. */
export const version = "0.1.0";

/**
 * Records are comparable only within one of these. Raise it when a task gives another `result` than before under the
 * same id: another random stream, order of summation, optimiser or definition. New tasks, figures and options do not
 * raise it.
 */
export const numerics = 7;
