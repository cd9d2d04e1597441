/** The options of learners in programs of their own. */

import * as z from "zod/mini";
import { described, integer } from "../../base/schema.ts";

/** What answers such a learner. */
export const oracles = ["samples", "honest", "adversarial"] as const;

/** Examples that such a learner may ask for where nothing else is said. */
export const defaultSamples = 100_000;

export const remoteFields = {
  oracle: described(
    z._default(z.enum(oracles), "samples"),
    "what answers exec:COMMAND: labelled samples; queries of tolerance --tau honestly; or queries by the adversary",
  ),
  queries: described(
    z._default(integer(1, 10_000_000), 10_000),
    "correlations that exec:COMMAND may ask for",
  ),
  points: described(
    z._default(integer(16, 100_000), 2000),
    "inputs that the queries of exec:COMMAND are functions on, uniformly weighted",
  ),
  timeout: described(z._default(integer(1, 86_400), 600), "seconds that exec:COMMAND may take"),
};
