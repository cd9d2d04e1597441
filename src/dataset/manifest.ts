/** What a data set says of itself: what it was made from, so that anyone can make it again, and what is in it. */

import type { JsonObject } from "../base/checked.ts";
import { sha256 } from "../base/sha256.ts";
import { numerics, version } from "../base/version.ts";
import type { WrittenFile } from "../base/write.node.ts";
import { certifiable } from "../family/certify.ts";
import { definingOf } from "../query/certificate.ts";
import { chunk, chunkRows, targetOf, type Source, type Split } from "./examples.ts";
import { isGraphs } from "../distribution/samples.ts";
import { commitment } from "./commitment.ts";

/** Of the data as of the program that makes it. */
export const licence = "MIT";

/** What a guess without looking at the input is worth. */
export interface Baselines {
  /** The best constant prediction, E y, and its mean squared error, the variance of y. */
  readonly constant: number;
  readonly loss: number;
  /** Accuracy of the more frequent label; null for real labels. */
  readonly majority: number | null;
}

/** A data set's own words; also inside its files. */
export interface About {
  readonly schema: "equihard.dataset/1";
  readonly family: { readonly id: string; readonly params: JsonObject };
  readonly easy: boolean;
  /** Null in a blind data set, where `commitment` is its hash. */
  readonly seed: number | null;
  readonly commitment?: string;
  readonly version: string;
  readonly numerics: number;
  readonly license: string;
  readonly inputs: { readonly name: "A" | "X"; readonly shape: readonly number[]; readonly type: string };
  readonly labels: "sign" | "real";
  readonly splits: readonly { readonly name: string; readonly count: number }[];
  readonly baselines: Baselines;
}

/** A file of the data set. */
export interface DataFile extends WrittenFile {
  readonly path: string;
  /** The split it holds; absent where it holds all. */
  readonly split?: string;
  readonly examples: number;
}

export interface Manifest extends About {
  readonly format: string;
  readonly files: readonly DataFile[];
  /** Of the files' hashes, in their order. */
  readonly contentHash: string;
  /** The certificate's file name; null with the command that makes one, or where the family has none. */
  readonly certificate: string | null;
  readonly certify?: string;
}

export function baselines(source: Source): Baselines {
  const { mean, secondMoment } = targetOf(source);
  return {
    constant: mean.value,
    loss: secondMoment.value - mean.value ** 2,
    majority: source.instance.labels === "sign" ? (1 + Math.abs(mean.value)) / 2 : null,
  };
}

/** The parameters without those that are hidden from a learner. */
export const openParams = ({ family, instance }: Source): JsonObject =>
  family.certifier === undefined
    ? instance.params.json
    : definingOf(certifiable(family), instance.params).json;

/** @param blind whether the seed, and what the parameters say of the hidden ones, are kept back */
export function about(source: Source, splits: readonly Split[], blind: boolean): About {
  const { family, instance, easy, seed } = source;
  const graphs = isGraphs(chunk(source, splits[0].name, 0).samples);
  return {
    schema: "equihard.dataset/1",
    family: { id: family.id, params: blind ? openParams(source) : instance.params.json },
    easy,
    ...(blind ? { seed: null, commitment: commitment(seed) } : { seed }),
    version,
    numerics,
    license: licence,
    inputs: {
      name: graphs ? "A" : "X",
      shape: instance.law.shape,
      type: graphs ? "uint8" : "float32",
    },
    labels: instance.labels,
    splits: splits.map(({ name, count }) => ({ name, count })),
    baselines: baselines(source),
  };
}

export const contentHash = (files: readonly DataFile[]): string =>
  sha256(files.map((file) => file.sha256).join("\n"));

/** Chunks that a data set is drawn in: what its making is sized by. */
export const chunkCount = (source: Source, splits: readonly Split[]): number =>
  splits.reduce((sum, { count }) => sum + Math.ceil(count / chunkRows(source)), 0);
