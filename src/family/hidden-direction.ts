/** Families whose target looks at its input along one direction w: what a learner of directions is judged by. */

import type { JsonObject } from "../base/checked.ts";
import type { Instance } from "./instance.ts";

/** Of a family whose label is a function of w.x, x standard normal. */
export interface HiddenDirection<V = unknown, H extends JsonObject = JsonObject> {
  /** The unit vector w. */
  hidden(instance: Instance<V, H>): readonly number[];
}
