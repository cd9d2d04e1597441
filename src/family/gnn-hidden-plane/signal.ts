/** The gradient's signal in closed form: on a single node, f = F(U x). */

import type { Network, Weights } from "../../network/network.ts";
import { closedSignal, type ClosedSignal } from "../plane/closed-signal.ts";
import type { HiddenPlaneInstance } from "./family.ts";

export function gradientSignal(
  { params }: HiddenPlaneInstance,
  network: Network,
  weights: Weights,
): ClosedSignal | null {
  const { n, d, k } = params.values;
  return n === 1 ? closedSignal(network, weights, { d, k }) : null;
}
