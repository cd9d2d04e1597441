/** Certificates of every kind of evidence, small enough to be forged and verified by the thousand. */

import { stream } from "../../src/base/random.ts";
import { certify } from "../../src/family/certify.ts";
import type { Forgeable } from "../../src/family/forgeries.ts";
import type { CertifyOptions } from "../../src/query/certificate.ts";
import { certifyLabels } from "../../src/query/own-class/class-of-your-own.ts";
import type { Labels } from "../../src/query/own-class/labels.ts";

const turn = { degree: 6, generators: [[1, 2, 0, 4, 5, 3]] };

const built: readonly (readonly [family: string, params: object, options?: CertifyOptions])[] = [
  ["gnn-degree-parity", { n: 6 }, { tau: 0.3, rho: 0.7 }],
  ["gnn-degree-parity", { n: 8, p: 0.3 }],
  ["gnn-degree-parity", { n: 11 }],
  ["gnn-degree-parity", { n: 4 }], // vacuous
  ["gnn-degree-parity", { n: 10, p: 0.123456789012345 }], // counts would be too long: float64
  ["gnn-degree-parity", { n: 9, p: 0.4 }, { notion: "sda:0.25" }],
  ["gnn-degree-parity", { n: 12, edges: "directed-loops", p: 0.3 }, { tau: 0.2, notion: "vstat:40" }],
  ["gnn-degree-parity", { n: 40, edges: "directed", window: 8 }],
  ["gnn-degree-parity", { n: 24 }, { samples: 500, seed: 5 }],
  ["gnn-hidden-plane", { n: 5, d: 30, k: 4, graph: "cycle" }],
  ["gnn-hidden-plane", { n: 5, d: 16, k: 4 }, { absolute: true }],
  ["gnn-hidden-plane", { n: 3, d: 8, k: 2, graph: "er:0.5", count: 12 }, { seed: 3 }],
  ["gnn-hidden-plane", { n: 3, d: 6, k: 4, graph: { edges: [[0, 1]] }, count: 40 }],
  ["invariant-polynomial", { invariants: "hermite", variables: 20, degree: 3, terms: 3 }],
  ["gnn-hidden-plane", { n: 1, d: 20, k: 4 }, { notion: "sq-dim" }],
  ["invariant-polynomial", { invariants: "rotations:3", variables: 8, degree: 2 }],
  ["invariant-polynomial", { invariants: "lorentz:2", variables: 7, degree: 3 }],
  ["invariant-polynomial", { invariants: "power-spectrum", variables: 9, degree: 4 }, { notion: "rsd" }],
  ["frame-parity", { group: "cyclic:12", k: 4 }],
  ["frame-parity", { group: "symmetric:8xsymmetric:8", k: 6 }],
  ["frame-parity", { group: "cyclic:12", k: 4, frame: "sort-abs" }],
  ["frame-parity", { group: "file:turn.json", files: { "turn.json": turn }, k: 2 }],
  ["cnn-hidden-plane", { group: "cyclic:16", k: 4 }],
  ["cnn-hidden-plane", { group: "dihedral:7", k: 4, columns: 2 }, { absolute: true }],
  ["cnn-hidden-plane", { group: "cyclic:3xcyclic:4", k: 4 }, { notion: "cross-predictability" }],
  ["cnn-hidden-plane", { group: "cyclic:6", k: 4, columns: 2, count: 12 }],
  ["gnn-hidden-plane", { n: 1, d: 12, k: 4, count: 30 }, { notion: "sq-dim" }],
];

function labelled(
  functions: number,
  samples: number,
  value: (random: ReturnType<typeof stream>) => number,
): Labels {
  const random = stream([functions, samples]);
  return {
    functions,
    samples,
    values: Float64Array.from({ length: functions * samples }, () => value(random)),
  };
}

const given: readonly (readonly [labels: Labels, bound?: number, law?: "uniform", notion?: string])[] = [
  [labelled(6, 300, (random) => (random.below(2) === 0 ? 1 : -1))],
  [labelled(40, 20, (random) => (random.below(2) === 0 ? 1 : -1))],
  [labelled(5, 200, (random) => random.normal() / 5), 2],
  [labelled(4, 100, (random) => (random.normal() / 5) * 1e-200), 2e-200],
  [labelled(6, 30, (random) => random.normal()), 9, "uniform"],
  [labelled(5, 24, (random) => (random.below(2) === 0 ? 1 : -1)), undefined, "uniform"],
  [labelled(9, 40, (random) => random.normal()), 9, "uniform", "sq-dim"],
];

/** One of each kind, with what is needed to verify it. */
export async function honestCertificates(): Promise<Forgeable[]> {
  const ofFamilies = built.map(async ([family, params, options]) => ({
    certificate: await certify(family, params, options),
  }));
  const ofLabels = given.map(async ([labels, bound, law, notion]) => ({
    certificate: await certifyLabels(labels, {
      ...(bound === undefined ? {} : { bound }),
      ...(law === undefined ? {} : { law }),
      ...(notion === undefined ? {} : { notion }),
    }),
    labels,
  }));
  return Promise.all([...ofFamilies, ...ofLabels]);
}
