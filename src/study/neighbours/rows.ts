/**
 * The eleven works, each with what its idea changes. That a column is untouched follows from what is varied: whoever
 * varies the student alone leaves the dimension, which is the target's. The numbers are the records'.
 */

import { shownBelow } from "../../numeric/rounding.ts";
import { mean } from "../../base/statistics.ts";
import type { Finished } from "../../run/record.ts";
import type { Canonicalisation } from "../canonicalisation/study.ts";
import type { ClassDistance } from "../class-distance/study.ts";
import type { Compared } from "../comparison/comparison.ts";
import { learnedByCondition } from "../comparison/trial.ts";
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
  /** Both families learned. */
  readonly learned: readonly Compared[] | null;
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

/** The certificate of the size that is learned, else the last one; its parameters that the class depends on. */
const certificates = (
  records: readonly Finished<"certify">[],
  depends: readonly string[],
  wanted: (params: Finished<"certify">["task"]["params"]) => boolean,
): string | null =>
  of(records.find((r) => wanted(r.task.params)) ?? records.at(-1), ({ task: { params }, result }) => {
    const size = depends.flatMap((name) => (name in params ? `${name} = ${String(params[name])}` : []));
    return `d_eff 2^${result.dimension.log2.toFixed(1)} at ${size.join(", ")}`;
  });

/** How many of the hard targets of a family each learner learned. */
function learnedTold(groups: readonly Compared[] | null, family: string): string | null {
  const runs = groups?.flatMap((g) => g.runs) ?? [];
  const hard = runs.filter((r) => r.panel === family && r.series === "hard");
  return hard.length === 0 ? null : `learned by ${learnedByCondition(hard).join(", ")}`;
}

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
  return own === null || other === null ? null : `of the twin at ${deepest} ${own}, ordinary ${other}`;
}

function canonicalTold(groups: readonly Compared[]): string | null {
  const [own, other] = ["canonical graphs", "graph network"].map((condition) =>
    twinShare(groups, { condition }),
  );
  return own === null || other === null ? null : `of the twin ${own}, a graph network ${other}`;
}

/** Below this a Rayleigh quotient is rounding. */
const ROUNDING = 1e-12;

const rayleighTold = ({ networks }: UnitaryDepths): string => {
  const at = (name: string): string => {
    const last = networks.find((n) => n.network === name)?.layers.at(-1);
    if (last === undefined) return "none";
    return Math.abs(last.rayleigh) < ROUNDING ? "0" : last.rayleigh.toPrecision(2);
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
      of(
        found.spectral?.groups[0],
        (g) => `${g.functions} functions to fit become ${g.invariant} (${g.group})`,
      ),
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
    measured: (found) =>
      of(found.phases?.ways[0], (w) => `one pass, invariant to ${w.largest.toExponential(0)}`),
  },
  {
    work: "Kiani, Wang, Weber 2024",
    idea: "curves of dimension 1",
    changes: ["d_eff"],
    measured: (found) =>
      together(
        certificates(found.curves, ["n", "size"], (p) => p["size"] === 10),
        learnedTold(found.learned, "curve-parity"),
      ),
  },
  {
    work: "Tahmasebi, Jegelka 2025",
    idea: "canonicalisation or averaging",
    changes: ["samples"],
    measured: (found) =>
      of(found.canonical?.contrasts[0], ({ curves }) => {
        const parameters = (model: string): number | undefined =>
          curves.find((c) => c.model === model)?.parameters;
        return `canonicalised ${parameters("canonicalised")} parameters, averaged ${parameters("averaged")}`;
      }),
  },
  {
    work: "Tahmasebi, Jegelka, regularity",
    idea: "continuity of canonical forms",
    changes: ["samples"],
    measured: (found) =>
      of(
        found.canonical?.exponents.find((e) => e.map.includes("sort-abs")),
        (e) => `exponent ${e.pooled.toFixed(2)} of sort-abs, where continuous maps have 2`,
      ),
  },
  {
    work: "Guo, Vijayaraghavan 2025",
    idea: "one biased neuron",
    changes: ["d_eff"],
    measured: (found) =>
      together(
        certificates(found.neurons, ["d", "bias"], (p) => p["d"] === 64),
        learnedTold(found.learned, "biased-neuron"),
      ),
  },
  {
    work: "Fesser, Weber 2025",
    idea: "distance of the classes",
    changes: [],
    measured: (found) =>
      together(
        of(
          found.classes?.findLast((c) => c.labels === "degree parity"),
          (c) =>
            `distances of the classes in ratio ${mean(c.ratios.filter((r) => r !== null)).toFixed(2)} at n = ${c.n}`,
        ),
        of(
          found.accuracies?.[0].labellings.find((l) => l.labels === "easy twin"),
          (l) => `correlation with accuracy by graph ${l.correlation.toFixed(2)} (twin)`,
        ),
      ),
  },
  {
    work: "Karami et al. 2024",
    idea: "laws in place of labels",
    changes: ["d_eff"],
    measured: (found) => of(found.laws?.at(-1), (s) => `d_eff ${shownBelow(s.dimension, 3)} at n = ${s.n}`),
  },
  {
    work: "He et al. 2025",
    idea: "Lorentz invariants",
    changes: [],
    measured: (found) =>
      of(found.lorentz, (l) => `d_eff ${l.dimension}, the number that any independent invariants have`),
  },
];

export const rowsOf = (found: Found): NeighbourRow[] =>
  works.map((row) => ({ ...row, measured: row.measured(found) }));
