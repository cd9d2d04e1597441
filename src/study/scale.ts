/** The main job's scales. */

export const scales = ["quick", "laptop", "paper"] as const;
export type Scale = (typeof scales)[number];
