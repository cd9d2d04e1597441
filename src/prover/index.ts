/**
 * How hard an architecture is: networks of it that are hard to tell apart are searched, and certified.
 * docs/your-network-class.md says how.
 */

import type { WithCertificates } from "../family/certify.ts";
import { networkClass as own } from "./network-class.ts";

/**
 * What `certify` and `verify` (`families: [networkClass]`) of the main entry take for networks of one hidden layer on
 * standard normal inputs; its parameters are the options of `equihard certify network`.
 */
export const networkClass: WithCertificates = own;

export { certifyNetwork, type FoundNetworks, type NetworkSearch } from "./own-network.ts";
export type { Weights } from "../network/network.ts";
