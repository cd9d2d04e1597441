/**
 * The eleven works, each with what its idea changes. That a column is untouched follows from what is varied: whoever
 * varies the student alone leaves the dimension, which is the target's. The numbers are the records'.
 */

import { mean } from "../../base/statistics.ts";
import type { Finished } from "../../run/record.ts";
import type { Canonicalisation } from "../canonicalisation/study.ts";
import type { ClassDistance } from "../class-distance/study.ts";
import type { Compared } from "../comparison/comparison.ts";
import type { GraphAccuracy } from "../graph-accuracy/study.ts";
import type { GraphLawSize } from "../graph-law/study.ts";
import type { LorentzInvariants } from "../lorentz/study.ts";
import type { MinimalFrames } from "../minimal-frames/study.ts";
import type { PhaseFrames } from "../phase-frame/study.ts";
import type { SpectralAveraging } from "../spectral-averaging/study.ts";
import type { UnitaryDepths } from "../unitary/study.ts";

export const aspects = ["samples", "time", "trainability", "d_eff"] as const;
export type Aspect = (typeof aspects)[number];

/** What a run holds of the neighbours; null where it holds nothing. */
export interface Found {
  readonly spectral: SpectralAveraging | null;
  readonly curves: readonly Finished<"certify">[];
  readonly neurons: readonly Finished<"certify">[];
  readonly frames: MinimalFrames | null;
  readonly canonicalTraining: readonly Compared[] | null;
  readonly unitary: UnitaryDepths | null;
  readonly unitaryTraining: readonly Compared[] | null;
  readonly phases: PhaseFrames | null;
  readonly canonical: Canonicalisation | null;
  readonly classes: readonly ClassDistance[] | null;
  readonly accuracies: readonly GraphAccuracy[] | null;
  readonly laws: readonly GraphLawSize[] | null;
  readonly lorentz: LorentzInvariants | null;
}

export interface NeighbourRow {
  readonly work: string;
  readonly idea: string;
  readonly changes: readonly Aspect[];
  /** Of the records, null without any. */
  readonly measured: string | null;
}

/** What is said of something that may be missing. */
const of = <T>(given: T | null | undefined, text: (found: T) => string | null): string | null =>
  given === null || given === undefined ? null : text(given);

const certificates = (records: readonly Finished<"certify">[]): string | null =>
  of(records.at(-1), ({ task: { params }, result }) => {
    const size = Object.entries(params).map(([name, value]) => `${name} = ${String(value)}`);
    return `log2 d_eff ${result.dimension.log2.toFixed(1)} at ${size.join(", ")}`;
  });

/** What is known of several things. */
const together = (...parts: readonly (string | null)[]): string | null =>
  parts.some((part) => part !== null) ? parts.filter((part) => part !== null).join("; ") : null;

/** Mean share of the twin's labels that trainings explain, of those that are asked for; null without any. */
function twinShare(
  groups: readonly Compared[],
  wanted: { panel?: string; condition?: string },
): string | null {
  const shares = groups
    .flatMap((g) => g.runs)
    .filter((r) => r.series === "easy twin")
    .filter((r) => r.panel === (wanted.panel ?? r.panel) && r.condition === (wanted.condition ?? r.condition))
    .map((r) => r.share);
  return shares.length === 0 ? null : mean(shares).toFixed(2);
}

function unitaryTold(groups: readonly Compared[]): string | null {
  const deepest = groups[0].conditions.at(-1);
  if (deepest === undefined) return null;
  const at = (panel: string): string | null => twinShare(groups, { panel, condition: deepest });
  const [own, other] = [at("unitary convolutions"), at("ordinary convolutions")];
  return own === null || other === null ? null : `twin at ${deepest} layers ${own}, ordinary ${other}`;
}

function canonicalTold(groups: readonly Compared[]): string | null {
  const [own, other] = ["canonical graphs", "graph network"].map((condition) =>
    twinShare(groups, { condition }),
  );
  return own === null || other === null ? null : `twin ${own}, graph network ${other}`;
}

const rayleighTold = ({ networks }: UnitaryDepths): string => {
  const at = (name: string): string => {
    const last = networks.find((n) => n.network === name)?.layers.at(-1);
    return last === undefined ? "none" : last.rayleigh.toPrecision(2);
  };
  const depth = networks[0].layers.at(-1)?.depth;
  return `Rayleigh quotient ${at("unitary, linear")} against ${at("convolution, linear")}, depth ${depth}`;
};

type Told = Omit<NeighbourRow, "measured"> & { readonly measured: (found: Found) => string | null };

/** One row a work, in the order of the design. */
const works: readonly Told[] = [
  {
    work: "Soleymani et al. 2025",
    idea: "exact averages by generators",
    changes: ["samples", "time"],
    measured: (found) =>
      of(found.spectral?.groups[0], (g) => `${g.functions} functions to ${g.invariant}, ${g.group}`),
  },
  {
    work: "Lin et al. 2024",
    idea: "minimal frames",
    changes: ["time"],
    measured: (found) =>
      together(
        of(found.frames?.graphs.at(-1), (g) => `${mean(g.sizes).toFixed(3)} passes in place of ${g.n}!`),
        of(found.canonicalTraining, canonicalTold),
      ),
  },
  {
    work: "Kiani, Fesser, Weber 2024",
    idea: "unitary convolutions",
    changes: ["trainability"],
    measured: (found) => together(of(found.unitary, rayleighTold), of(found.unitaryTraining, unitaryTold)),
  },
  {
    work: "Shumaylov et al. 2025",
    idea: "Lie algebra canonicalisation",
    changes: [],
    measured: (found) => of(found.phases?.ways[0], (w) => `invariant to ${w.largest.toExponential(0)}`),
  },
  {
    work: "Kiani, Wang, Weber 2024",
    idea: "curves of dimension 1",
    changes: ["d_eff"],
    measured: (found) => certificates(found.curves),
  },
  {
    work: "Tahmasebi, Jegelka 2025",
    idea: "canonicalisation or averaging",
    changes: ["samples"],
    measured: (found) =>
      of(found.canonical?.contrasts[0], ({ curves }) => {
        const parameters = (model: string): number | undefined =>
          curves.find((c) => c.model === model)?.parameters;
        return `${parameters("canonicalised")} parameters against ${parameters("averaged")}`;
      }),
  },
  {
    work: "Tahmasebi, Jegelka, regularity",
    idea: "continuity of canonical forms",
    changes: ["samples"],
    measured: (found) =>
      of(
        found.canonical?.exponents.find((e) => e.map.includes("sort-abs")),
        (e) => `exponent ${e.pooled.toFixed(2)} of sort-abs, 2 is continuous`,
      ),
  },
  {
    work: "Guo, Vijayaraghavan 2025",
    idea: "one biased neuron",
    changes: ["d_eff"],
    measured: (found) => certificates(found.neurons),
  },
  {
    work: "Fesser, Weber 2025",
    idea: "distance of the classes",
    changes: [],
    measured: (found) =>
      together(
        of(
          found.classes?.findLast((c) => c.labels === "degree parity"),
          (c) => `ratio ${mean(c.ratios.filter((r) => r !== null)).toFixed(2)} at n = ${c.n}`,
        ),
        of(
          found.accuracies?.[0].labellings.find((l) => l.labels === "easy twin"),
          (l) => `accuracy of the twin by graph: correlation ${l.correlation.toFixed(2)}`,
        ),
      ),
  },
  {
    work: "Karami et al. 2024",
    idea: "laws in place of labels",
    changes: ["d_eff"],
    measured: (found) => of(found.laws?.at(-1), (s) => `d_eff ${s.dimension.toFixed(1)} at n = ${s.n}`),
  },
  {
    work: "He et al. 2025",
    idea: "Lorentz invariants",
    changes: [],
    measured: (found) => of(found.lorentz, (l) => `d_eff ${l.dimension}, as of any independent invariants`),
  },
];

export const rowsOf = (found: Found): NeighbourRow[] =>
  works.map((row) => ({ ...row, measured: row.measured(found) }));
