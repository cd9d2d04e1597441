/** The options of a training by gradient descent. */

import * as z from "zod/mini";
import { described, integer } from "../base/schema.ts";
import { engines } from "../engine/run/engines.ts";
import { noiseField } from "./label-noise.ts";

/** Where a training starts; weights of a file go into records by its hash. */
export type Init = "he" | "teacher" | `sha256:${string}`;
const initField = z.custom<Init>(
  (value) => typeof value === "string" && /^(he|teacher|sha256:[0-9a-f]{64})$/.test(value),
  "is none of he, teacher and sha256:DIGITS",
);

const magnitude = z.number().check(z.gte(1e-30), z.lte(1e30));

const DEFAULT_BATCH = 256;

/** Examples a step of a training with these options. */
export const batchOf = ({ batch = DEFAULT_BATCH }: { readonly batch?: number | undefined }): number => batch;

export const engineField = described(
  z.optional(z.enum(engines)),
  "what computes: onnx, wasm, or webgpu, a graphics card (absent: onnx where it is installed, else wasm)",
);

/** The options of `train`, with their defaults and limits; a student refuses sizes that it does not read. */
export const trainSchema = z.strictObject({
  student: described(
    z.optional(z.string()),
    "student class, see 'families NAME' (absent: the one that holds the target)",
  ),
  layers: described(z._default(integer(1, 32), 2), "message-passing or other equivariant layers"),
  width: described(z._default(integer(1, 4096), 64), "units a layer"),
  readoutLayers: described(z._default(integer(0, 8), 1), "hidden layers of the readout"),
  pool: described(
    z._default(z.enum(["mean", "sum"]), "mean"),
    "mean: standardised degrees, neighbour sums over the expected degree, mean pooling; sum: raw integers throughout",
  ),
  steps: described(z._default(integer(0, 100_000_000), 4000), "gradient steps"),
  batch: described(z._default(integer(1, 65_536), DEFAULT_BATCH), "examples a step"),
  optimizer: described(z._default(z.enum(["adam", "sgd"]), "adam"), "optimiser"),
  lr: described(z._default(z.number().check(z.gt(0), z.lte(100)), 2e-3), "learning rate"),
  loss: described(z._default(z.enum(["squared", "logistic", "l1"]), "squared"), "training loss"),
  init: described(
    z._default(initField, "he"),
    "initial weights: he; teacher, which starts at the target; or a file that --weights kept",
  ),
  initScale: described(
    z.optional(z.number().check(z.gte(1e-3), z.lte(1e3))),
    "multiplies fresh initial weights",
  ),
  perturb: described(
    z.optional(z.number().check(z.gt(0), z.lte(1000))),
    "adds fresh initial weights times this to those of teacher or a file",
  ),
  trainingSeed: described(
    z.optional(integer(0, Number.MAX_SAFE_INTEGER)),
    "another training on the same hidden parameters: own initial weights, examples and orders (absent: by --seed)",
  ),
  samples: described(
    z.optional(integer(1, 10_000_000)),
    "size of a fixed training set (absent: fresh samples every step)",
  ),
  testSamples: described(z._default(integer(100, 10_000_000), 20_000), "fresh test examples"),
  stopAt: described(
    z.optional(z.number().check(z.gt(0), z.lte(1))),
    "stop early once two successive checks reach this accuracy (explained variance for real labels)",
  ),
  noise: noiseField,
  shuffleLabels: described(z._default(z.boolean(), false), "control: train on labels of other examples"),
  control: described(
    z._default(z.enum(["none", "null"]), "none"),
    "null: leave out the gradient's part with the labels, as the null run of the noisy-gradient theorem does",
  ),
  gradientNoise: described(
    z.optional(magnitude),
    [
      "standard deviation of Gaussian noise added to every gradient entry;",
      "on exact population gradients where there are any",
    ].join(" "),
  ),
  ball: described(
    z.optional(magnitude),
    "radius of the ball that weights are projected onto after each step, with --gradient-noise",
  ),
  variation: described(
    z.optional(magnitude),
    "with --gradient-noise: halt before the sum over steps of E |grad f_w|^2 exceeds it",
  ),
  engine: engineField,
});

/** The options of `train`, defaults filled in. */
export type TrainOptions = z.output<typeof trainSchema>;

/** Options of how examples are given, which a training on a whole law or a whole set does not read. */
export type ExampleOption = "batch" | "noise" | "shuffleLabels";
