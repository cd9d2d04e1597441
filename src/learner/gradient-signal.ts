/**
 * What one gradient step can see of a family's hidden parameters: the signal phi of a student at random weights or
 * along a training, in closed form where there is one and by samples elsewhere, beside its bound 1 / d_eff and the same
 * for a student without symmetry (Shalev-Shwartz et al. 2017; Abbe and Boix-Adsera 2022).
 */

import * as z from "zod/mini";
import type { Checked } from "../base/checked.ts";
import { InputError, reject } from "../base/errors.ts";
import { keyFor, permutation } from "../base/random.ts";
import { described, integer, parseWith } from "../base/schema.ts";
import type { Estimate } from "../base/statistics.ts";
import { pack, totalSize } from "../engine/train/flat.ts";
import { perExample } from "../engine/train/per-example.ts";
import { certify } from "../family/certify.ts";
import { drawInstance } from "../family/draw.ts";
import { settledParams, studentClass, studentOf, type Family } from "../family/family.ts";
import type { Instance } from "../family/instance.ts";
import type { ClosedSignal } from "../family/plane/closed-signal.ts";
import { studentSizes } from "../family/student.ts";
import { initialise } from "../network/initialise.ts";
import type { Network, Weights } from "../network/network.ts";
import type { MemberList } from "../query/members.ts";
import { measureSignal, signalBlocks } from "../query/signal.ts";
import { readOptions, trainByGradient } from "./gradient-descent.ts";
import { trainSchema } from "./training-options.ts";

const { student, width, pool, batch, lr } = trainSchema.shape;
/** The options of `signal`, with their defaults and limits. */
export const signalSchema = z.strictObject({
  student,
  layers: described(z._default(integer(1, 16), 1), "message-passing or other equivariant layers"),
  width,
  readoutLayers: described(z._default(integer(0, 8), 0), "hidden layers of the readout"),
  pool,
  members: described(z._default(integer(2, 16_384), 64), "functions that the mean is over, drawn or all"),
  samples: described(
    z.optional(integer(signalBlocks * 2, 100_000_000)),
    "measure from so many examples (absent: the closed form where there is one, else 50000)",
  ),
  steps: described(
    z.optional(integer(1, 1_000_000)),
    "train so long and measure along the way (absent: random weights with biases 0)",
  ),
  batch,
  lr,
});
/** The options of `signal`, defaults filled in. */
export type SignalOptions = z.output<typeof signalSchema>;

/** Inner products held of every gradient entry, member and block. */
const HELD_LIMIT = 2 ** 27;
const DEFAULT_SAMPLES = 50_000;
/** Numbers of per-example gradients held at once. */
const CHUNK_FLOATS = 2 ** 23;
/** Students without symmetry, the first that a family has. */
const plainStudents = ["plain-mlp", "mlp"];
/** Points of a training at which the signal is measured. */
const TRAINING_POINTS = 6;

export interface Signal {
  readonly phi: number;
  readonly standardError: number;
  /** Of the gradient less its mean. */
  readonly centred: Estimate;
  readonly method: "exact" | "exact-over-directions" | "sampled";
  /** The closed form, where it was measured all the same. */
  readonly predicted?: number;
  /** A / B, where there is a closed form: sum |w_j|^2 / d over sum a_j^2. */
  readonly ratio?: number;
}

export interface GradientSignal extends Signal {
  readonly student: string;
  /** Trainable weights. */
  readonly weights: number;
  /** 1 / d_eff of the family's certificate. */
  readonly bound: number;
  /** Of the certificate, and so of the bound. */
  readonly confidence: number;
  /** The same of a perceptron of the same sizes at random weights, and how many times more the student sees. */
  readonly plain?: Signal & { readonly student: string; readonly gain: { raw: number; centred: number } };
  readonly curve?: readonly (Signal & { readonly step: number; readonly loss: number | null })[];
}

export interface SignalJob {
  readonly family: Family;
  readonly params: Checked;
  readonly seed: number;
  readonly options: Partial<SignalOptions>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (text: string, fraction: number) => void;
}

/**
 * @throws InputError for options that the student does not read, and families without a certificate or listed members
 */
export async function gradientSignal(job: SignalJob): Promise<GradientSignal> {
  const { family, params, seed } = job;
  const options = parseWith(signalSchema, job.options);
  const given = Object.fromEntries(
    ["student", ...studentSizes].map((name) => [name, Reflect.get(job.options, name)]),
  );
  readOptions(family, given); // refuses what the student does not read
  const instance = drawInstance(family, params, seed);
  const { dimension, confidence } = await certify(family, settledParams(family, instance), { seed });
  const own = options.student ?? Object.keys(family.students)[0];
  const network = studentOf(family, instance, { ...options, student: own });
  const bound = 1 / Number(dimension.spectral);
  const shared = { student: own, weights: totalSize(network.weights), bound, confidence };
  const measure = (of: Network, weights: Weights, what: string): Promise<Signal> =>
    signalAt(job, options, instance, of, weights, what);
  if (options.steps !== undefined) {
    const curve = [];
    for (const { weights, ...point } of await trainedWeights(job, options, options.steps, instance))
      curve.push({ ...point, ...(await measure(network, weights, `step ${point.step}`)) });
    const { step: _step, loss: _loss, ...first } = curve[0];
    return { ...shared, ...first, curve };
  }
  const signal = await measure(network, randomWeights(network, seed), own);
  const other = plainStudents.find((name) => Object.hasOwn(family.students, name));
  if (other === undefined || other === own) return { ...shared, ...signal };
  const perceptron = studentOf(family, instance, { ...options, student: other });
  const plain = await measure(perceptron, randomWeights(perceptron, seed), other);
  const gain = { raw: signal.phi / plain.phi, centred: signal.centred.value / plain.centred.value };
  return { ...shared, ...signal, plain: { student: other, ...plain, gain } };
}

/** He's initial weights, biases 0. */
function randomWeights(network: Network, seed: number): Weights {
  const weights = initialise(network, keyFor("initial weights", network.architecture, seed));
  for (const [name, values] of Object.entries(weights)) if (name.endsWith(".b")) values.fill(0);
  return weights;
}

/** Weights of a training on the hard target, at its start, its end and between. */
async function trainedWeights(
  { family, seed, signal, onProgress }: SignalJob,
  { student, layers, readoutLayers, width, pool, batch, lr }: SignalOptions,
  steps: number,
  instance: Instance,
) {
  const { options: read } = studentClass(family, student);
  const sizes = Object.entries({ layers, readoutLayers, width, pool }).filter(([name]) =>
    read.some((n) => n === name),
  );
  const seen: { step: number; weights: Weights }[] = [];
  const { result } = await trainByGradient({
    family,
    instance,
    easy: false,
    seed,
    options: { student, ...Object.fromEntries(sizes), steps, batch, lr },
    watch: { point: ({ point: { step }, weights }) => void seen.push({ step, weights }) },
    onProgress: (p) => onProgress?.("training", p.step / p.steps),
    ...(signal === undefined ? {} : { signal }),
  });
  signal?.throwIfAborted();
  const points = Math.min(TRAINING_POINTS, seen.length);
  return Array.from({ length: points }, (_, i) => {
    const at = Math.round((i * (seen.length - 1)) / Math.max(1, points - 1));
    return { ...seen[at], loss: result.curve[at].loss };
  });
}

async function signalAt(
  job: SignalJob,
  options: SignalOptions,
  instance: Instance,
  network: Network,
  weights: Weights,
  what: string,
): Promise<Signal> {
  const { family, params, seed, signal, onProgress } = job;
  const closed = family.gradientSignal?.(instance, network, weights) ?? null;
  if (closed !== null && options.samples === undefined) return exactSignal(closed);
  const settled = settledParams(family, instance);
  const { list, chosen, drawn } = listedMembers(family, settled, options.members, seed);
  const size = totalSize(network.weights);
  if (size * chosen.length * signalBlocks > HELD_LIMIT)
    reject({
      where: "width",
      what: `${size} weights times ${chosen.length} functions are too many inner products to hold`,
      allowed: `at most ${HELD_LIMIT / signalBlocks}`,
      next: "lower --width or --members",
    });
  const chunk = Math.max(1, Math.min(1000, Math.floor(CHUNK_FLOATS / size)));
  const program = await perExample(network, chunk);
  try {
    const flat = new Float32Array(size);
    pack(network.weights, weights, flat);
    const { phi, centred } = await measureSignal({
      gradient: {
        count: size,
        on: async (samples) => (await program.run(flat, network.encode(samples), samples.count)).gradients,
      },
      members: list,
      chosen,
      drawn,
      samples: options.samples ?? DEFAULT_SAMPLES,
      key: keyFor("samples of the gradient's signal", family.id, params.json, seed),
      chunk,
      ...(signal === undefined ? {} : { signal }),
      onProgress: (fraction) => onProgress?.(`signal of ${what}`, fraction),
    });
    return {
      phi: phi.value,
      standardError: phi.standardError,
      centred,
      method: "sampled",
      ...(closed === null ? {} : { predicted: closed.phi, ratio: closed.ratio }),
    };
  } finally {
    await program.dispose();
  }
}

const exactSignal = ({ phi, centred, exact, ratio }: ClosedSignal): Signal => ({
  phi,
  standardError: 0,
  centred: { value: centred, standardError: 0 },
  method: exact === "weights" ? "exact" : "exact-over-directions",
  ratio,
});

/** All members where there are no more than `wanted`, else so many drawn; of classes too large to list, drawn ones. */
function listedMembers(
  family: Family,
  params: Checked,
  wanted: number,
  seed: number,
): { list: MemberList; chosen: Int32Array; drawn: boolean } {
  const { members } = family;
  if (members === undefined)
    return reject({
      where: family.id,
      what: "its functions are not listed",
      next: "see 'equihard families'",
    });
  let list: MemberList;
  let drawn = false;
  try {
    list = members.call(family, params, { seed });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    list = members.call(family, params, { count: wanted, seed });
    drawn = true;
  }
  if (list.count <= wanted)
    return { list, chosen: Int32Array.from({ length: list.count }, (_, i) => i), drawn };
  const chosen = permutation(keyFor("members for the signal", family.id, params.json, seed), list.count);
  return { list, chosen: chosen.slice(0, wanted).sort(), drawn: true };
}
