/**
 * The eleven works, each with what its idea changes. That a column is untouched follows from what is varied: whoever
 * varies the student alone leaves the dimension, which is the target's. The numbers are the records'.
 */

import { mean } from "../../base/statistics.ts";
import type { Finished } from "../../run/record.ts";
import type { Canonicalisation } from "../canonicalisation/study.ts";
import type { ClassDistance } from "../class-distance/study.ts";
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
  readonly unitary: UnitaryDepths | null;
  readonly phases: PhaseFrames | null;
  readonly canonical: Canonicalisation | null;
  readonly classes: readonly ClassDistance[] | null;
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
const of = <T>(given: T | null | undefined, text: (found: T) => string): string | null =>
  given === null || given === undefined ? null : text(given);

const certificates = (records: readonly Finished<"certify">[]): string | null =>
  of(
    records.at(-1),
    (r) => `log2 d_eff ${r.result.dimension.log2.toFixed(1)} at ${JSON.stringify(r.task.params)}`,
  );

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
      of(found.frames?.graphs.at(-1), (g) => `${mean(g.sizes).toFixed(3)} passes in place of ${g.n}!`),
  },
  {
    work: "Kiani, Fesser, Weber 2024",
    idea: "unitary convolutions",
    changes: ["trainability"],
    measured: (found) =>
      of(found.unitary, ({ networks }) => {
        const at = (name: string): string => {
          const last = networks.find((n) => n.network === name)?.layers.at(-1);
          return last === undefined ? "none" : last.rayleigh.toPrecision(2);
        };
        const depth = networks[0].layers.at(-1)?.depth;
        return `Rayleigh quotient ${at("unitary, linear")} against ${at("convolution, linear")}, depth ${depth}`;
      }),
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
      of(
        found.classes?.findLast((c) => c.labels === "degree parity"),
        (c) => `ratio ${mean(c.ratios.filter((r) => r !== null)).toFixed(2)} at n = ${c.n}`,
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
