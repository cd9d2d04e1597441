/**
 * The certificate of the tilted laws, and what samples of them show.
 *
 * A query |h| <= 1 has means under P_S and P_0 that differ by eps <h, chi - m>/(1 + eps m), at most eps <h - E h, chi>.
 * The mean over the non-constant chi of its square is at most eps^2 / d_eff, d_eff >= (1 - 2^(2-n)) / max Pr pi: one of
 * the 2^(n-2) functions is constant and left out. So to tell every P_S from P_0 with tolerance tau takes more than
 * (tau/eps)^2 d_eff queries.
 *
 * The way round is no such query: with eps = 1 every graph of P_S has chi = 1, one linear equation over F_2 more than
 * the two that all graphs satisfy (the counts add up to n, an even number of degrees are odd).
 */

import * as z from "zod/mini";
import { foldIn } from "../../base/random.ts";
import { integer, parseWith } from "../../base/schema.ts";
import { mean } from "../../base/statistics.ts";
import { degreesOf } from "../../distribution/erdos-renyi.ts";
import type { Samples } from "../../distribution/law.ts";
import { certify } from "../../family/certify.ts";
import { drawInstance } from "../../family/draw.ts";
import { gnnDegreeParity } from "../../family/gnn-degree-parity/index.ts";
import { parities } from "../../family/gnn-degree-parity/parities.ts";
import { eliminate } from "../../learner/f2-elimination.ts";
import type { Recipe } from "../../run/catalogue.ts";
import type { GraphLawSize } from "./study.ts";

const schema = z.strictObject({
  sizes: z.array(integer(4, 15)).check(z.minLength(1)),
  /** Uniform graphs drawn, a node; tilted laws keep about half of twice as many. */
  samplesPerNode: integer(1, 10_000),
  seeds: integer(1, 1000),
});

export const graphLawParity: Recipe = async (given, { signal, onProgress }) => {
  const { sizes, samplesPerNode, seeds } = parseWith(schema, given, "graph laws");
  const found: GraphLawSize[] = [];
  for (const n of sizes) {
    signal?.throwIfAborted();
    onProgress?.(`${n} nodes`, found.length / sizes.length);
    const { dimension } = await certify(gnnDegreeParity, { n });
    const samples = samplesPerNode * n;
    const drawn = Array.from({ length: seeds }, (_, seed) => viewsOf(n, seed, samples));
    found.push({
      n,
      samples,
      dimension: (1 - 2 ** (2 - n)) * 2 ** dimension.log2,
      views: laws.map((law) => {
        const own = drawn.map((of) => of[law]);
        return {
          law,
          ranks: own.map((v) => v.rank),
          edgeShift: mean(own.map((v) => v.edgeShift)),
          parityMean: mean(own.map((v) => v.parityMean)),
        };
      }),
    });
  }
  return { sizes: found };
};

const laws = ["tilted by a parity", "uniform graphs", "tilted by the edge count"] as const;
type LawName = (typeof laws)[number];

interface View {
  readonly rank: number;
  readonly edgeShift: number;
  readonly parityMean: number;
}

/** What samples of each law show of one hidden set. */
function viewsOf(n: number, seed: number, samples: number): Record<LawName, View> {
  const instance = drawInstance(gnnDegreeParity, gnnDegreeParity.parse({ n }), seed);
  const key = foldIn(instance.key, "graph law");
  const { hard, law } = instance;
  const chi = (graphs: Samples): Float64Array => {
    const sign = hard.mean.value < 0 ? -1 : 1;
    return hard.label(graphs).map((y) => sign * y);
  };
  const accepted = (name: LawName, keep: (graphs: Samples) => readonly boolean[]): View =>
    shown(law.sample(foldIn(key, name), 2 * samples), { n, samples, chi, keep });
  const pairs = (n * (n - 1)) / 2;
  return {
    "tilted by a parity": accepted("tilted by a parity", (g) => Array.from(chi(g), (y) => y > 0)),
    "uniform graphs": accepted("uniform graphs", (g) => Array.from({ length: g.count }, () => true)),
    // sparse graphs half as often: of a law without any, degrees that do not occur would look like equations
    "tilted by the edge count": accepted("tilted by the edge count", (g) =>
      edges(g, n).map((e, i) => e > pairs / 2 || i % 2 === 0),
    ),
  };
}

/** Numbers of edges. */
const edges = (graphs: Samples, n: number): number[] => {
  const degrees = Array.from(degreesOf(graphs));
  return Array.from({ length: graphs.count }, (_, g) => (mean(degrees.slice(g * n, (g + 1) * n)) * n) / 2);
};

interface Shown {
  readonly n: number;
  readonly samples: number;
  readonly chi: (graphs: Samples) => Float64Array;
  readonly keep: (graphs: Samples) => readonly boolean[];
}

/** @param graphs uniform ones, of which those that are kept follow the law */
function shown(graphs: Samples, { n, samples, chi, keep }: Shown): View {
  const kept = keep(graphs)
    .flatMap((k, g) => (k ? [g] : []))
    .slice(0, samples);
  const words = parities.wordsOf(graphs);
  const [labels, counts] = [chi(graphs), edges(graphs, n)];
  const pairs = (n * (n - 1)) / 2;
  // (pi, 1 | 0) in one word
  const rows = kept.map((g) => Uint32Array.of(words[g] | (1 << n)));
  return {
    rank: eliminate(rows, n + 1).rank,
    edgeShift: (mean(kept.map((g) => counts[g])) - pairs / 2) / Math.sqrt(pairs / 4),
    parityMean: mean(kept.map((g) => labels[g])),
  };
}
