/**
 * The gradient's signal in closed form: of one column, for a student averaged over the group and for one that knows
 * none.
 */

import type { Network, Weights } from "../../network/network.ts";
import { closedSignal, type ClosedSignal } from "../plane/closed-signal.ts";
import type { CnnPlaneInstance } from "./family.ts";

export function gradientSignal(
  { params }: CnnPlaneInstance,
  network: Network,
  weights: Weights,
): ClosedSignal | null {
  const { k, columns, group } = params.values;
  const { network: kind, pool } = network.architecture;
  const averaged = kind === "frame-averaged" && pool === "mean";
  if (columns !== 1 || !(averaged || kind === "mlp")) return null;
  return closedSignal(network, weights, { d: group.degree, k, targets: group.cycleIndex(), averaged });
}
