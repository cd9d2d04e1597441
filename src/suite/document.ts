/** What `score --json` prints, and reads again for a board of several. */

import * as z from "zod/mini";
import { standings, type Scored, type Standing } from "./score.ts";
import { suiteVersion } from "./suite.ts";

export interface ScoreDocument {
  readonly schema: "equihard.score/1";
  /** Null for a data set outside the suite. */
  readonly suite: string | null;
  /** Who predicted. */
  readonly submission: string;
  /** Whoever has the seed has the labels. */
  readonly selfGraded: true;
  readonly entries: readonly Scored[];
  readonly transitions: readonly Standing[];
  /** Of our own learners: entries in which they take part and that were left out for their time. */
  readonly notRun?: readonly string[];
}

/** @param inSuite whether the entries are the suite's */
export const scoreDocument = (
  submission: string,
  entries: readonly Scored[],
  inSuite: boolean,
): ScoreDocument => ({
  schema: "equihard.score/1",
  suite: inSuite ? suiteVersion : null,
  submission,
  selfGraded: true,
  entries,
  transitions: standings(entries),
});

const finite = z.number();
const gradeSchema = z.object({
  examples: z.int(),
  explainedVariance: finite,
  standardError: finite,
  low: finite,
  high: finite,
  accuracy: z.nullable(finite),
  control: z.object({ correlation: finite, shuffled: finite, p: finite }),
});

/** What a board reads of a score; transitions are computed again. */
export const boardSchema = z.object({
  schema: z.literal("equihard.score/1"),
  suite: z.literal(suiteVersion),
  submission: z.string().check(z.minLength(1), z.maxLength(80)),
  entries: z.array(
    z.object({
      name: z.string(),
      seed: z.int(),
      grade: gradeSchema,
      verdict: z.enum(["learned", "partly", "at chance", "constant target"]),
      against: z.nullable(z.string()),
      processorSeconds: z.optional(finite),
    }),
  ),
  notRun: z.optional(z.array(z.string())),
});

/** A submission on the board. */
export type Submission = z.output<typeof boardSchema>;
