/** Closed forms and sampled norms of frame-parity against simulation, on random members of random groups. */

import { keyFor, stream } from "../../../src/base/random.ts";
import { gaussian } from "../../../src/distribution/gaussian.ts";
import { averagedLabels } from "../../../src/family/frame-parity/family.ts";
import { gram } from "../../../src/family/certify.ts";
import { frameIds } from "../../../src/symmetry/frames.ts";
import { parseGroup } from "../../../src/symmetry/groups.ts";
import { drawSubset } from "../../../src/symmetry/subset-orbits.ts";

/** The largest difference in standard errors over `cases` random pairs of members; not a number if a zero is not met. */
export function worstDeviation(cases: number): number {
  const groups = ["cyclic:8", "dihedral:7", "symmetric:5", "cyclic:3xcyclic:3", "alternating:6", "trivial:7"];
  const { below } = stream([9, 9]);
  let worst = 0;
  for (let run = 0; run < cases; run++) {
    const group = groups[below(groups.length)];
    const k = [2, 4][below(2)];
    const frame = frameIds[run % 10 === 0 ? 1 : 0]; // sampled norms take longer
    const of = parseGroup(group);
    const sets = [0, 1].map(() => drawSubset({ below }, of.degree, k));
    const g = gram("frame-parity", { group, k, frame, members: sets.map((s) => Array.from(s)) });
    const count = 6000;
    const samples = gaussian([of.degree]).sample(keyFor("simulation", run), count);
    const values = sets.map((s) => averagedLabels(of, frame, s, "parity")(samples));
    for (const [i, j] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ]) {
      const products = values[i].map((y, e) => y * values[j][e]);
      const mean = products.reduce((s, x) => s + x, 0) / count;
      const error = Math.sqrt(products.reduce((s, x) => s + (x - mean) ** 2, 0)) / count;
      const total = Math.hypot(error, g.standardErrors?.[i][j] ?? 0);
      if (total > 0) worst = Math.max(worst, Math.abs(mean - g.gram[i][j]) / total);
      else if (mean !== g.gram[i][j]) return NaN;
    }
  }
  return worst;
}
