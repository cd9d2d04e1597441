/** The main job's scales. */

export const scales = ["quick", "laptop", "paper"] as const;
/** How much the main job runs: minutes on two cores, hours, or a cluster. */
export type Scale = (typeof scales)[number];
