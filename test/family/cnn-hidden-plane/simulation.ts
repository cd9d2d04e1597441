/** Closed forms of cnn-hidden-plane against simulation, on random planes of random groups. */

import { keyFor, stream } from "../../../src/base/random.ts";
import { cnnHiddenPlane as family } from "../../../src/family/cnn-hidden-plane/index.ts";
import { gram } from "../../../src/family/certify.ts";

const groups = ["cyclic:5", "cyclic:8", "dihedral:4", "symmetric:4", "cyclic:2xcyclic:3", "trivial:3"];

/** The largest difference in standard errors over `cases` random pairs of planes. */
export function worstPlaneDeviation(cases: number): number {
  const { below } = stream([8, 8]);
  let worst = 0;
  for (let run = 0; run < cases; run++) {
    const group = groups[below(groups.length)];
    const k = [2, 4, 6][below(3)];
    const columns = 1 + below(2);
    const draws = [0, 1].map((s) => family.draw(family.parse({ group, k, columns }), keyFor(run, s)));
    const g = gram("cnn-hidden-plane", { group, k, columns, members: draws.map((d) => d.hidden) });
    const count = 6000;
    const samples = draws[0].law.sample(keyFor("simulation", run), count);
    const values = draws.map((d) => d.hard.label(samples));
    for (const [i, j] of [[0, 0], [0, 1], [1, 1]]) {
      const products = values[i].map((y, e) => y * values[j][e]);
      const mean = products.reduce((s, x) => s + x, 0) / count;
      const error = Math.sqrt(products.reduce((s, x) => s + (x - mean) ** 2, 0)) / count;
      worst = Math.max(worst, Math.abs(mean - g.gram[i][j]) / error);
    }
  }
  return worst;
} // prettier-ignore
