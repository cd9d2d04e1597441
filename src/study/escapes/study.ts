/**
 * Families by ways to learn them, each at a size where gradient descent on y finds nothing: that, the same on the
 * square of y first, and learners with another way round the certificate. All have the same examples.
 */

import { efforts } from "../../learner/learner.ts";
import type { Catalogue } from "../../run/catalogue.ts";
import {
  matrixRows,
  matrixTasks,
  planMatrix,
  type MatrixLearner,
  type MatrixPlan,
  type Setting,
} from "../matrix/plan.ts";
import { matrixEvidence } from "../matrix/evidence.ts";
import { readMatrix } from "../matrix/read.ts";
import { inTurn, type Scope, type Study } from "../study.ts";
import { readEscapes, type Escapes } from "./escapes.ts";
import { OTHERS } from "./settings.ts";

/** 4000 steps of 256 where time is short: enough for the square first; else 6000. */
const samples = { quick: 1_024_000, laptop: 1_536_000, paper: 1_536_000 } as const;
const seeds = { quick: 1, laptop: 1, paper: 5 } as const;

/** The one that there is time for in a quick run: the same gradient descent with and without, some seconds each. */
const QUICK = "gnn-hidden-plane";

const leads = ({ families }: Catalogue, scale: Scope["scale"]): Setting[] =>
  families.flatMap(({ id, settings }) =>
    settings?.lead === undefined || (scale === "quick" && id !== QUICK)
      ? []
      : [{ family: id, ...settings.lead }],
  );

/** Gradient descent with families' own architectures, with and without squares first; and others, from less. */
const ways = (catalogue: Catalogue): MatrixLearner[] =>
  matrixRows(catalogue).flatMap((row) => {
    if (row.learner === "label-transform") return [row];
    if (row.escape !== undefined) return [{ ...row, most: OTHERS }];
    return row.learner === "gradient-descent" && row.train === undefined ? [row] : [];
  });

export const escapesPlan = ({ scale, catalogue }: Scope): MatrixPlan =>
  planMatrix(
    { samples: samples[scale], seeds: seeds[scale], effort: efforts[efforts.length - 1] },
    catalogue,
    {
      settings: leads(catalogue, scale),
      rows: ways(catalogue),
      hardOnly: true,
    },
  );

/** The plan's families as far as they have run. */
export interface ReadEscapes {
  readonly escapes: readonly Escapes[];
  readonly plan: MatrixPlan;
}

export const escapes: Study<ReadEscapes> = {
  id: "escapes",
  tasks: (scope) => inTurn(scope, "main", matrixTasks(escapesPlan(scope))),
  read(records, scope) {
    const plan = escapesPlan(scope);
    const found = readEscapes(readMatrix(plan, records), plan);
    return found.length === 0 ? null : { escapes: found, plan };
  },
  evidence: (records, scope) => matrixEvidence(escapesPlan(scope), records, scope.catalogue),
  sections: async (data, document) => (await import("./section.ts")).escapeSections(data, document),
};
