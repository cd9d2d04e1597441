/** The report's sections on all families: certificates over sizes, what recipes computed, transition maps. */

import { familyById } from "../../family/registry.ts";
import type { StoredRecord } from "../../run/store/files.ts";
import type { FrameStatistics } from "../frames/study.ts";
import type { DimensionSeries } from "../invariants/study.ts";
import { readLossCurves } from "../losses/study.ts";
import type { PlaneStatistics } from "../planes/study.ts";
import type { Play } from "../play/study.ts";
import type { ReductionTime } from "../reduction-times/study.ts";
import type { NeedTime } from "../sample-need/study.ts";
import type { SampleCurve } from "../sample-curve/study.ts";
import { readTransition, type TransitionPlan } from "../transition/study.ts";
import { shownBelow } from "../../numeric/rounding.ts";
import { figure, paragraph, table, type Block, type Section } from "../../report/page.ts";
import {
  correlationCaption,
  correlationFigure,
  gramCaption,
  gramFigure,
  growthCaption,
  growthFigure,
} from "../planes/figure.ts";
import {
  averagedNormCaption,
  averagedNormFigure,
  frameDimensionCaption,
  frameDimensionFigure,
  largestCorrelationCaption,
  largestCorrelationFigure,
} from "../frames/figure.ts";
import {
  degreeNeedCaption,
  degreeNeedFigure,
  invariantDimensionFigure,
  needTimeFigure,
  sampleNeedFigure,
  type ShownNeed,
} from "../sample-need/figure.ts";
import { lossCaption, lossFigure } from "../losses/figure.ts";
import { playCaption, playFigure } from "../play/figure.ts";
import { reductionTimesFigure } from "../reduction-times/figure.ts";
import { sampleCurveCaption, sampleCurveFigure } from "../sample-curve/figure.ts";
import { transitionCaption, transitionFigure } from "../transition/figure.ts";

interface CertificateRecord {
  readonly family: { readonly id: string; readonly params: Readonly<Record<string, unknown>> };
  readonly model: string;
  readonly functions: { readonly count: string | null; readonly log2: number | null };
  readonly gram: { readonly method: string };
  readonly dimension: { readonly spectral: number | string; readonly log2: number };
  readonly statement: {
    readonly queries: number | string;
    readonly log2Queries: number | null;
    readonly vacuous: boolean;
  };
  readonly confidence: number;
}

/** A big number: digits where they are few, else a power of two, rounded down. */
function big(value: string | number, log2: number | null): string {
  if (typeof value === "number" && !Number.isInteger(value)) return shownBelow(value, 6);
  const digits = String(value);
  return digits.length <= 12 || log2 === null ? digits : `2^${(Math.floor(10 * log2) / 10).toFixed(1)}`;
}

function certificateTable(records: readonly StoredRecord[]): Block {
  const found = records
    .filter((r) => r.task.kind === "certify")
    .map((r) => r.result as unknown as CertificateRecord)
    .sort((a, b) =>
      a.family.id < b.family.id ? -1 : a.family.id > b.family.id ? 1 : a.dimension.log2 - b.dimension.log2,
    );
  const size = (params: Readonly<Record<string, unknown>>): string =>
    Object.entries(params)
      .map(([name, value]) => `${name} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
      .join(", ");
  return table(
    ["family", "size", "functions", "d_eff at least", "queries", "method", "model"],
    found.map((c) => [
      c.family.id,
      size(c.family.params),
      c.functions.count === null ? "a continuum" : big(c.functions.count, c.functions.log2),
      big(c.dimension.spectral, c.dimension.log2),
      c.statement.vacuous ? "vacuous" : big(c.statement.queries, c.statement.log2Queries),
      c.confidence === 1 ? c.gram.method : `${c.gram.method}, with confidence ${c.confidence}`,
      c.model,
    ]),
  );
}

/** Draws what the runs of one recipe computed. */
type RecipeFigures = (records: readonly StoredRecord[], document: Document) => Block[];

/** What recipes return, as their own modules type it. */
const resultsOf = <T>(records: readonly StoredRecord[]): T[] => records.map((r) => r.result as unknown as T);

const recipeFigures: Readonly<Record<string, RecipeFigures>> = {
  planes: (records, document) =>
    resultsOf<PlaneStatistics>(records).flatMap((found) => [
      figure(correlationFigure(found, document), correlationCaption(found)),
      figure(growthFigure(found, document), growthCaption(found)),
      figure(gramFigure(found, document), gramCaption(found)),
    ]),
  frames: (records, document) =>
    resultsOf<FrameStatistics>(records).flatMap((found) => [
      figure(frameDimensionFigure(found, document), frameDimensionCaption(found)),
      figure(averagedNormFigure(found, document), averagedNormCaption(found)),
      figure(largestCorrelationFigure(found, document), largestCorrelationCaption(found)),
    ]),
  "invariant-dimensions": (records, document) =>
    resultsOf<{ series: DimensionSeries[] }>(records).map(({ series }) =>
      figure(
        invariantDimensionFigure(series, document),
        "Exact: C(m, k) multilinear terms, orthonormal. The proved exponent for a fixed degree is the degree; with k the integer nearest log2 m no power of m keeps up.",
      ),
    ),
  play: (records, document) =>
    resultsOf<Play>(records).map((result) => figure(playFigure(result, document), playCaption(result))),
  "sample-curve": (records, document) => {
    const curves = resultsOf<SampleCurve>(records);
    return [figure(sampleCurveFigure(curves, document), sampleCurveCaption(curves))];
  },
  "sample-need": (records, document) => {
    const timed = records.map(({ task, result, measurement }) => ({
      need: { ...result, params: task.params["params"] } as unknown as ShownNeed,
      times: (measurement["times"] ?? []) as NeedTime[],
    }));
    const grows = timed.filter(({ need }) => need.against === undefined);
    const degrees = timed.filter(({ need }) => need.against === "value").map(({ need }) => need);
    const measured = grows.filter(({ times }) => times.length > 1);
    return [
      ...(grows.length === 0
        ? []
        : [
            figure(
              sampleNeedFigure(
                grows.map(({ need }) => need),
                document,
              ),
              "The least number tried, doubling, with which at least three quarters of the seeds succeed. Exponents are slopes of the logarithms: about 1 is linear, and any constant one a polynomial cost.",
            ),
          ]),
      ...(measured.length === 0
        ? []
        : [
            figure(
              needTimeFigure(measured, document),
              "Wall-clock time of a run with that number of examples, drawing and testing included: a measurement of this machine. A constant exponent is a polynomial cost.",
            ),
          ]),
      ...(degrees.length === 0
        ? []
        : [figure(degreeNeedFigure(degrees, document), degreeNeedCaption(degrees))]),
    ];
  },
  "reduction-times": (records, document) =>
    records.map(({ measurement }) =>
      figure(
        reductionTimesFigure(measurement["times"] as ReductionTime[], document),
        "Fitting a two-unit threshold graph network to labelled graphs, as hard as 2-colouring a hypergraph: wall-clock time of a mixed-integer solver on random 3-uniform hypergraphs around the threshold. A measurement of this machine; the theorem is about the worst case.",
      ),
    ),
};

/** What was planned of the parts that are read back from their tasks. */
export interface FamilyPlan {
  readonly transition: TransitionPlan;
  readonly lossSeeds: number;
}

/**
 * @param records of the sections' own tasks
 * @param all of the whole run: whatever was certified in it is listed
 */
export function familySections(
  records: readonly StoredRecord[],
  all: readonly StoredRecord[],
  { transition: plan, lossSeeds }: FamilyPlan,
  document: Document,
): Section[] {
  if (records.length === 0) return [];
  const recipes = Object.entries(recipeFigures).flatMap(([name, draw]) => {
    const own = records.filter((r) => r.task.kind === "recipe" && r.task.recipe === name);
    return own.length === 0 ? [] : draw(own, document);
  });
  const losses = readLossCurves(lossSeeds, records);
  if (losses.length > 0) recipes.push(figure(lossFigure(losses, document), lossCaption(losses)));
  const cells = readTransition(plan, records);
  const maps = plan.grids.flatMap((grid): Block[] => {
    const own = cells.filter((c) => c.family === grid.family && (c.hard ?? c.easy) !== null);
    return own.length === 0
      ? []
      : [figure(transitionFigure(grid, own, document), transitionCaption(grid, own))];
  });
  const ids = [...new Set(records.map((r) => r.task.family))].sort();
  return [
    {
      id: "families",
      title: "All families: what is certified",
      blocks: [
        ...ids.map((id) => paragraph(`${id}: ${familyById(id).title} (${familyById(id).source}).`)),
        paragraph(
          "Queries: what a learner that is guaranteed a correlation above rho = 1/2 with every member needs at tolerance tau = 1/16. SQ covers all statistical queries, CSQ correlational ones only.",
        ),
        certificateTable(all),
        ...recipes,
      ],
    },
    ...(maps.length === 0
      ? []
      : [
          {
            id: "transition",
            title: "Where gradient descent stops: transition maps",
            blocks: [
              paragraph(
                "Each family's own architecture, trained on fresh samples of the hard target and of its easy twin with the same hidden parameters and budget. Explained variance on fresh samples: above 0.9 counts as learned. Not learned by the last step is a censored observation.",
              ),
              ...maps,
            ],
          },
        ]),
  ];
}
