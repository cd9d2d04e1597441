/** Searched networks of every architecture, small enough to be verified by the thousand. */

import { certify } from "../../src/family/certify.ts";
import type { Forgeable } from "../../src/family/forgeries.ts";
import { networkClass } from "../../src/prover/network-class.ts";
import type { Certificate, CertifyOptions } from "../../src/query/certificate.ts";

const small: readonly (readonly [params: object, options: CertifyOptions])[] = [
  [
    { student: "mlp", d: 6, width: 3, members: 12 },
    { steps: 30, seed: 3 },
  ],
  [{ student: "gnn", n: 4, d: 4, graph: "path", width: 2, members: 10 }, { steps: 30 }],
  [
    { student: "gnn", n: 5, d: 3, graph: "er:0.5", width: 3, members: 8 },
    { steps: 20, seed: 2, restarts: 2 },
  ],
  [{ student: "group-linear", group: "cyclic:5", columns: 2, width: 2, members: 10 }, { steps: 20 }],
  [
    { student: "group-linear", group: "dihedral:4", width: 3, members: 8 },
    { steps: 20, rho: 0.7 },
  ],
  [
    { student: "deep-sets", n: 4, columns: 3, width: 3, members: 10 },
    { steps: 20, tau: 0.3 },
  ],
  [{ student: "frame-averaged", group: "symmetric:3", columns: 2, width: 3, members: 10 }, { steps: 20 }],
  [{ student: "mlp", d: 4, width: 2, members: 6 }, { steps: 0 }],
  [
    { student: "mlp", d: 8, width: 6, orbit: true },
    { steps: 300, restarts: 2 },
  ],
  [
    { student: "gnn", n: 3, d: 4, graph: "er:0.6", width: 4, orbit: true },
    { steps: 100, seed: 4 },
  ],
  [
    { student: "frame-averaged", group: "dihedral:4", columns: 2, width: 4, orbit: true },
    { steps: 200, restarts: 2 },
  ],
  [{ student: "group-linear", group: "cyclic:6", width: 4, orbit: true }, { steps: 200 }],
  [
    { student: "gin", n: 3, d: 2, graph: "path", width: 3, members: 5 },
    { steps: 30, samples: 2000, seed: 1 },
  ],
];

export const searched = (params: object, options: CertifyOptions = {}): Promise<Certificate> =>
  certify(networkClass, params, options);

export const searchedNetworks = (): Promise<(Forgeable & { readonly certificate: Certificate })[]> =>
  Promise.all(
    small.map(async ([params, options]) => ({
      certificate: await searched(params, options),
      family: networkClass,
    })),
  );
