/**
 * Growing-Basis on a sparse polynomial in independent invariants: the escape from CSQ hardness, as it uses the
 * label's size. It is told the number of terms, their degree and the lower bound 1/2 on |c|, nothing else of the
 * target.
 * The terms come from `grow-terms.ts`; the last step refits their coefficients together by least squares on all
 * samples.
 */

import { foldIn } from "../base/random.ts";
import { lawOf, type Instance, type Target } from "../family/instance.ts";
import {
  basisValues,
  nameOf,
  polynomialValues,
  termJson,
  type Term,
} from "../family/polynomial/sparse-polynomial.ts";
import { factorise, solveFactorised } from "../numeric/cholesky.ts";
import { runSteps, type Progress } from "../base/progress.ts";
import type { Invariants } from "../symmetry/invariants.ts";
import { evaluate } from "./evaluate.ts";
import { growTerms, type Chunk } from "./grow-terms.ts";
import { defineLearner, capability } from "./learner.ts";
import { trainingChunk } from "./training-chunks.ts";

const CHUNK = 1 << 14;
/** Samples are held up to this many bytes, and drawn again in every pass beyond. */
const HELD_BYTES = 2 ** 30;
const DEFAULT_SAMPLES = 400_000;
const TEST_SAMPLES = 20_000;
/** Terms whose coefficients are right to this share count as the target's. */
const TOLERANCE = 0.05;

/** Labelled invariants, chunk by chunk, the same in every pass; z_j of sample i at i * variables + j. */
export interface LabelledInvariants {
  readonly invariants: Invariants;
  readonly samples: number;
  chunk(index: number): { readonly count: number; readonly z: Float64Array; readonly y: Float64Array };
}

export interface GrowingResult {
  readonly terms: readonly Term[];
  readonly candidates: number;
  readonly passes: number;
  /** Share of E[y^2] that the terms leave on the training samples. */
  readonly unexplained: number;
  /** All terms found, and nothing but noise left. */
  readonly complete: boolean;
}

/**
 * @param told what the learner knows of the target
 * @param noise share of the labels' spread that is noise: what may be left unexplained
 */
export function* growBasis(
  data: LabelledInvariants,
  told: { readonly terms: number; readonly degree: number; readonly least: number },
  noise = 0,
): Generator<Progress, GrowingResult> {
  const { invariants, samples } = data;
  const { law, variables } = invariants;
  const chunks = Math.ceil(samples / CHUNK);
  const held: Chunk[] = [];
  const holds = 4 * samples * variables <= HELD_BYTES;
  function* byColumns(): Generator<Chunk> {
    if (held.length > 0) return yield* held;
    for (let c = 0; c < chunks; c++) {
      const chunk = columnsOf(data.chunk(c), variables);
      if (holds) held.push(chunk);
      yield chunk;
    }
  }
  const grown = yield* growTerms({ law, variables, ...told, chunks: byColumns });
  const { terms, unexplained } = refit(data, chunks, grown.terms);
  const allowed = (noise * noise) / (1 + noise * noise);
  return {
    ...grown,
    terms,
    unexplained,
    complete: terms.length === told.terms && unexplained < 1.1 * allowed + 1e-3,
  };
}

/** The samples by columns. */
function columnsOf({ count, z, y }: ReturnType<LabelledInvariants["chunk"]>, variables: number): Chunk {
  const columns = new Float32Array(count * variables);
  for (let j = 0; j < variables; j++)
    for (let i = 0; i < count; i++) columns[j * count + i] = z[i * variables + j];
  return { count, z: columns, y };
}

/** Least squares of the labels on the terms' basis functions, over all samples. */
function refit(data: LabelledInvariants, chunks: number, terms: readonly Term[]) {
  const size = terms.length;
  const { law, variables } = data.invariants;
  const gram = new Float64Array(size * size);
  const cross = new Float64Array(size);
  let square = 0;
  for (let c = 0; c < chunks; c++) {
    const { count, z, y } = data.chunk(c);
    const basis = basisValues(law, terms, z, variables);
    const column = (r: number): Float64Array => basis.subarray(r * count, (r + 1) * count);
    for (let r = 0; r < size; r++) {
      for (let q = 0; q <= r; q++) gram[r * size + q] += dot(column(r), column(q));
      cross[r] += dot(column(r), y);
    }
    square += dot(y, y);
  }
  const coefficients = Float64Array.from(cross);
  if (!factorise(gram, size)) return { terms, unexplained: 1 };
  solveFactorised(gram, size, coefficients);
  return {
    terms: terms.map((term, r) => ({ ...term, coefficient: coefficients[r] })),
    unexplained: square > 0 ? Math.max(0, 1 - dot(cross, coefficients) / square) : 0,
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** An instance's training samples, with noise of the given share of the labels' standard deviation. */
export function labelledInvariants(
  instance: Instance,
  target: Target,
  invariants: Invariants,
  { samples, noise }: { readonly samples: number; readonly noise: number },
): LabelledInvariants {
  return {
    invariants,
    samples,
    chunk(index) {
      const count = Math.min(CHUNK, samples - index * CHUNK);
      const drawn = trainingChunk(instance, target, noise, index, count);
      return { count, z: invariants.map(drawn.samples.data, count), y: drawn.labels };
    },
  };
}

/** Whether two lists hold the same basis functions with coefficients within 5 %. */
function sameTerms(found: readonly Term[], truth: readonly Term[]): boolean {
  const byName = new Map(truth.map((t) => [nameOf(t), t.coefficient]));
  return (
    found.length === truth.length &&
    found.every((t) => Math.abs(t.coefficient / (byName.get(nameOf(t)) ?? NaN) - 1) <= TOLERANCE)
  );
}

export const growingBasis = defineLearner({
  id: "growing-basis",
  summary:
    "Growing-Basis: the size of a sparse polynomial's labels tells its variables, these its terms; not a CSQ learner",
  references: ["andoni2014"],
  access: "samples",
  escape: "the size of y",
  rows: [{ label: "Growing-Basis" }],
  options: ["samples", "noise"],
  budget: `${DEFAULT_SAMPLES.toLocaleString("en")} samples`,
  refusal(family) {
    if (family.polynomials !== undefined) return null;
    if (family.parities === undefined)
      return "its labels are no sparse polynomial in independent variables of a known law";
    return [
      "entries 0/1 and labels +-1 have squares that say nothing (x^2 = 1 after centring),",
      "so there is no test function",
    ].join(" ");
  },
  async learn({ family, instance, easy, options, signal, onProgress, judged }) {
    const target = easy ? instance.easy : instance.hard;
    const samples = options.samples ?? DEFAULT_SAMPLES;
    const polynomials = capability(family, "polynomials");
    const told = polynomials.told(instance, easy);
    const { noise } = options;
    const data = labelledInvariants(instance, target, polynomials.invariants(instance), { samples, noise });
    const { terms, candidates, passes, unexplained, complete } = await runSteps(
      growBasis(data, told, noise),
      ({ what, done, total }) => {
        signal?.throwIfAborted();
        onProgress?.(what, done / total);
      },
    );
    const test = lawOf(instance, target).sample(foldIn(instance.key, "test"), TEST_SAMPLES);
    const { law, variables, map } = data.invariants;
    const predictions = polynomialValues(law, terms, map(test.data, TEST_SAMPLES), variables);
    const final = evaluate(predictions, target.label(test), instance.labels, target.mean, judged);
    return {
      queries: null,
      samples,
      final: { ...final },
      recovered: terms.map(termJson),
      exact: sameTerms(terms, polynomials.hidden(instance, easy)),
      details: { complete, unexplained, candidates, passes },
    };
  },
});
