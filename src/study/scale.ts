/** The main job's scales. */

import { efforts } from "../learner/learner.ts";

export const scales = efforts;
/** How much is run, of the main job and of each study alone: minutes on two cores, about an hour, or a cluster. */
export type Scale = (typeof scales)[number];
