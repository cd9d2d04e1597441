/**
 * Inner products of averaged parities. Over the whole group f_S and f_T are equal if T is an image of S, of squared
 * norm ||g||^2 / |orbit|, and orthogonal if not. For `sort-abs` different sets are orthogonal, and E f_S^2 is sampled.
 */

import type { ReadFile } from "../../base/checked.ts";
import * as z from "zod/mini";
import { keyFor } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { reject } from "../../base/errors.ts";
import { gaussian } from "../../distribution/gaussian.ts";
import { requireEvaluated, requireOrder } from "./params.ts";
import { filesField, groupName, resolveGroup } from "../parameter/group-parameter.ts";
import { parityNormSquared, parityValues } from "./relu-parity.ts";
import { canonicalSubset, requireSubset, subsetOrbitSize } from "../../symmetry/actions.ts";
import { frameIds, frameOf } from "../../symmetry/frames.ts";
import type { PermutationGroup } from "../../symmetry/groups.ts";
import type { Gram } from "../../query/gram.ts";

const membersSchema = z.strictObject({
  group: groupName,
  files: filesField,
  k: integer(1, 1_000_000),
  frame: z.prefault(z.enum(frameIds), "reynolds"),
  members: z.array(z.array(integer(0, 1_000_000))).check(z.minLength(1), z.maxLength(2000)),
});

/**
 * @param document `{"group": "cyclic:6", "k": 2, "frame": "reynolds", "members": [[points], ...]}`
 * @param readFile gives the text of the generator files that the group names
 * @throws InputError for a document that does not fit
 */
export function gram(document: unknown, readFile?: ReadFile): Gram {
  const { frame, members, k, ...parameter } = parseWith(membersSchema, document, "members file");
  const { group } = resolveGroup(parameter, readFile);
  requireOrder(k, group);
  requireEvaluated(k);
  const sets = members.map((list, i) => {
    const where = `members.${i}`;
    if (list.length !== k)
      reject({ where, what: `has ${list.length} points`, allowed: `k = ${k} different points` });
    return requireSubset(list, group.degree, where);
  });
  // f_S = g_S where there is nothing to average over
  const closed = frame === "reynolds" || group.order() === 1n;
  const names = sets.map((s) => (closed ? canonicalSubset(group, s) : s).join());
  const table = (diagonal: readonly number[]): number[][] =>
    names.map((a, i) => names.map((b) => (a === b ? diagonal[i] : 0)));
  const schema = "equihard.gram/1";
  if (closed) {
    const norm = parityNormSquared(k);
    const diagonal = sets.map((s) => norm / Number(subsetOrbitSize(group, s)));
    return { schema, method: "closed-form", gram: table(diagonal) };
  }
  const { means, errors } = sampledNorms(group, k, sets);
  return { schema, method: "monte-carlo", gram: table(means), standardErrors: table(errors) };
}

function sampledNorms(group: PermutationGroup, k: number, sets: readonly Int32Array[]) {
  const n = group.degree;
  const work = n * n + sets.length * 2 ** (k - 2);
  const samples = Math.max(1000, Math.min(50_000, Math.floor(1e9 / work)));
  const { data } = gaussian([n]).sample(keyFor("gram samples", group.name, k), samples);
  const frame = frameOf("sort-abs", group);
  const value = parityValues(k, "parity");
  const [sums, squares] = [sets.map(() => 0), sets.map(() => 0)];
  for (let e = 0; e < samples; e++) {
    const [g] = frame.elements(data.subarray(e * n, (e + 1) * n));
    for (const [i, set] of sets.entries()) {
      const y = value(
        data,
        e * n,
        set.map((p) => g[p]),
      );
      sums[i] += y * y;
      squares[i] += y ** 4;
    }
  }
  const means = sums.map((s) => s / samples);
  const errors = squares.map((s, i) => Math.sqrt((s / samples - means[i] ** 2) / (samples - 1)));
  return { means, errors };
}
