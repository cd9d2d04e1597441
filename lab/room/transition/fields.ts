/** What the room of transitions can be set to. */

import { labFamilies } from "../../families.ts";
import { choice, whole, type Fields, type State } from "../../state/fields.ts";
import type { TrainSpec } from "../../work/jobs/train.ts";

/** A family along one of its sizes, and how it is trained at each. */
interface Along {
  readonly size: string;
  readonly preset: readonly [least: number, most: number];
  readonly lr: number;
  readonly params: (size: number, order: string) => TrainSpec["params"];
}

const families = {
  "gnn-hidden-plane": "hidden planes, along dimension d",
  "frame-parity": "hidden coordinates, along points n",
} as const;

const along: Readonly<Record<keyof typeof families, Along>> = {
  "gnn-hidden-plane": {
    size: "d",
    preset: [4, 128],
    lr: 0.005,
    params: (d, k) => labFamilies["gnn-hidden-plane"].params({ n: 1, d, k }),
  },
  "frame-parity": {
    size: "n",
    preset: [6, 48],
    lr: 0.01,
    params: (size, k) => labFamilies["frame-parity"].params({ group: "cyclic", size, k }),
  },
};

const familyOf = ({ family }: Readonly<Record<string, unknown>>): keyof typeof families =>
  family === "frame-parity" ? family : "gnn-hidden-plane";

/** What the size is called. */
export const sizeOf = (state: Readonly<Record<string, unknown>>): string => along[familyOf(state)].size;

export const transitionFields = (given: Readonly<Record<string, unknown>>): Fields => {
  const { size, preset } = along[familyOf(given)];
  const [least, most] = preset;
  return {
    family: choice("family", families, "gnn-hidden-plane"),
    order: choice("order k", { "2": "2", "4": "4", "6": "6" }, "4"),
    least: whole(`smallest ${size}`, least, least, 512),
    most: whole(`largest ${size}`, most, 8, 1024),
    steps: whole("steps", 600, 100, 5000),
    width: whole("width", 64, 8, 256),
    seed: whole("seed", 0, 0, 1e9),
  };
};

/** The training at one size. */
export function specAt(state: State, size: number): TrainSpec {
  const family = familyOf(state);
  const { params, lr } = along[family];
  return {
    run: "hard",
    device: "wasm",
    family,
    params: params(size, String(state.order)),
    seed: Number(state.seed),
    options: {
      ...labFamilies[family].sizes,
      width: Number(state.width),
      steps: Number(state.steps),
      batch: 128,
      lr,
      testSamples: 4000,
      stopAt: 0.95,
    },
  };
}

/** A size that has been tried, and whether it was learned. */
export interface Tried {
  readonly size: number;
  readonly explained: number;
}

export const LEARNED = 0.9;

/** The sizes that the transition lies between, as far as it is known; null where one side is missing. */
export function bracketOf(tried: readonly Tried[]): readonly [number, number] | null {
  const learned = tried.filter((t) => t.explained >= LEARNED);
  const lost = tried.filter((t) => t.explained < LEARNED);
  if (lost.length === 0 || learned.length === 0) return null;
  return [Math.max(...learned.map((t) => t.size)), Math.min(...lost.map((t) => t.size))];
}

/** The next size to try: both ends, then between what is learned and what is not; null when done. */
export function nextOf(tried: readonly Tried[], least: number, most: number): number | null {
  const known = (size: number): boolean => tried.some((t) => t.size === size);
  if (!known(least)) return least;
  if (!known(most)) return most;
  const bracket = bracketOf(tried);
  if (bracket === null) return null;
  const [low, high] = bracket;
  const middle = Math.round(Math.sqrt(low * high));
  return high - low <= 1 || known(middle) || high / low < 1.1 ? null : middle;
}
