/** The label as a parity of bits that everybody can read: those of the corner next to a point. */

import { reject } from "../../base/errors.ts";
import type { Samples } from "../../distribution/law.ts";
import { lawOf } from "../instance.ts";
import type { Parities } from "../parities.ts";
import type { CurveParityHidden } from "./family.ts";
import type { CurveParityValues } from "./params.ts";

/** Bits up to which the law of the corner is listed. */
const LISTED_UP_TO = 16;

const cornersOf = ({ data }: Samples): Uint8Array => Uint8Array.from(data, (x) => (x > 0.5 ? 1 : 0));

export const parities: Parities<CurveParityValues, CurveParityHidden> = {
  size: ({ values: { n } }) => ({ columns: n, dimension: n + 1 }),
  sample(instance, key, count, easy) {
    const target = easy ? instance.easy : instance.hard;
    const samples = lawOf(instance, target).sample(key, count);
    return { vectors: cornersOf(samples), labels: Int8Array.from(target.label(samples)) };
  },
  hidden({ params: { values }, hidden: { subset } }) {
    const set = new Uint8Array(values.n);
    for (const i of subset) set[i] = 1;
    return { set, bit: 0 };
  },
  same: (instance, found) => parities.hidden(instance).set.every((s, i) => s === found.set[i]),
  shown: ({ set, bit }) => ({ subset: Array.from(set.keys()).filter((i) => set[i] === 1), bit }),
  lawRefusal: ({ values: { n } }) =>
    n > LISTED_UP_TO ? `it lists the law of the corner: n up to ${LISTED_UP_TO}` : null,
  law({ values: { n } }) {
    if (n > LISTED_UP_TO)
      return reject({
        where: "n",
        what: `2^${n} corners are too many to list`,
        allowed: `n up to ${LISTED_UP_TO}`,
      });
    const vectors = Uint32Array.from({ length: 2 ** n }, (_, v) => v);
    return { n, vectors, probabilities: new Float64Array(2 ** n).fill(2 ** -n) };
  },
  wordsOf(samples) {
    const [n] = samples.shape;
    const words = new Int32Array(samples.count);
    cornersOf(samples).forEach((bit, at) => (words[Math.floor(at / n)] |= bit << (at % n)));
    return words;
  },
};
