/** Networks to be exported: the teacher, which is the hard target, or a student that was kept. */

import { canonicalJson } from "../base/json.ts";
import { reject } from "../base/errors.ts";
import { parseWith } from "../base/schema.ts";
import { version } from "../base/version.ts";
import { studentOf, type StudentOptions } from "../family/family.ts";
import { trainSchema } from "../learner/training-options.ts";
import type { StoredStudent } from "../interop/weights.ts";
import type { Network } from "../network/network.ts";
import { weightsFor, type TrainedStudent } from "../network/trained.ts";
import type { Source } from "./examples.ts";
import { openParams } from "./manifest.ts";

/** A network with its weights. */
export interface Held {
  readonly network: Network;
  readonly trained: TrainedStudent;
}

/** @throws InputError for a family without a teacher, for the twin, and for sizes that cannot hold the target */
export function teacherOf({ family, instance, easy }: Source, given: Partial<StudentOptions>): Held {
  const [holder] = Object.keys(family.students);
  if (easy)
    reject({
      where: "--easy",
      what: "the teacher is the hard target",
      next: "leave --easy out, or export a student that was trained on the twin: --from FILE",
    });
  if ((given.student ?? holder) !== holder)
    reject({ where: "--student", what: `a ${given.student} does not hold the target`, allowed: holder });
  if (family.teacher === undefined)
    return reject({
      where: family.id,
      what: "the family has no weights that hold its target",
      next: "--from FILE",
    });
  const options = parseWith(trainSchema, given);
  const network = studentOf(family, instance, options);
  const trained = {
    family: { id: family.id, params: instance.params.json },
    student: holder,
    architecture: network.architecture,
    unit: { mean: 0, sd: 1 },
    shapes: network.weights,
    weights: family.teacher(instance, options),
  };
  return { network, trained };
}

/** @throws InputError for a student of another family, or of parameters that make another network */
export function keptStudent({ family, instance }: Source, stored: StoredStudent): Held {
  if (stored.family.id !== family.id)
    reject({ where: stored.file, what: `a student of ${stored.family.id}`, allowed: family.id });
  const { layers, width, readoutLayers = 0, pool } = stored.architecture;
  const sizes = Object.entries({ layers, width, readoutLayers, pool }).filter(
    ([, size]) => size !== undefined,
  );
  const options = parseWith(
    trainSchema,
    { student: stored.student, ...Object.fromEntries(sizes) },
    stored.file,
  );
  const network = studentOf(family, instance, options);
  const weights = weightsFor(network, stored.unit, stored, stored.file);
  return { network, trained: { ...stored, weights } };
}

/** What an exported network says of itself; nothing hidden that its weights do not say. */
export function networkMetadata(source: Source, { trained }: Held): Record<string, string> {
  const { family, instance } = source;
  return {
    "equihard.family": family.id,
    "equihard.params": canonicalJson(openParams(source)),
    "equihard.seed": String(source.seed),
    "equihard.student": trained.student,
    "equihard.architecture": canonicalJson(trained.architecture),
    "equihard.labels": instance.labels,
    "equihard.version": version,
  };
}
