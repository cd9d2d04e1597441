/** A budget as text: the heuristic and the theorem, each labelled as what it is. */

import { shownAbove } from "../numeric/rounding.ts";
import type { Budget } from "./budget.ts";
import type { NoisyBound, NoisyGradient } from "./noisy-gradient.ts";

const lossNames = {
  "half-squared": "half of (f - y)^2",
  squared: "(f - y)^2, the engine's squared loss",
  logistic: "the logistic loss, labels +-1",
} as const;

export function formatBudget(b: Budget): string {
  const { tolerance, queries, vacuous } = b.certified;
  const single =
    b.certifiedSingle === null ? "" : ` (${b.certifiedSingle.queries} at the standard error of one answer)`;
  // of a larger tolerance no fewer queries are needed
  const certified = [
    `${b.confidence === 1 ? "The certificate" : `The certificate, with confidence ${b.confidence}`}: at least`,
    `${queries} ${Number(queries) === 1 ? "query" : "queries"} of tolerance`,
    `${shownAbove(tolerance, 4)} ${b.normalisation === "relative" ? "||f||" : "(absolute)"}`,
    `for a correlation above ${b.certified.rho}${single}.`,
  ].join(" ");
  return [
    "Counted as queries, a heuristic:",
    `${b.steps} steps x ${b.parameters} weights ask ${b.queries} queries.`,
    ...answers(b),
    vacuous ? `The certificate is vacuous at rho = ${b.certified.rho}.` : certified,
    b.verdict,
    ...b.notes,
    ...(b.noisyGradient === null ? [] : ["", ...theorem(b, b.noisyGradient)]),
  ].join("\n");
}

function answers({ batch, standardError, standardErrorIsBound, tolerance, delta }: Budget): string[] {
  if (standardError === null)
    return [`The population answers them; compared at the certificate's own tolerance ${tolerance}.`];
  return [
    [
      `A batch of ${batch} answers one of them with standard error`,
      `${shownAbove(standardError, 4)}${standardErrorIsBound ? " at most" : " times the spread of the labels"},`,
    ].join(" "),
    `all of them at once within ${shownAbove(tolerance, 4)} but for probability ${delta}, were their errors normal.`,
  ];
}

function theorem(b: Budget, n: NoisyGradient): string[] {
  const norm =
    n.gradientNormFrom === "ball"
      ? [
          `${n.student}; weights that start in the ball of radius ${n.ball} and are projected onto it after`,
          `every step, so that A = sup ||d_i f_w|| is at most ${shownAbove(n.gradientNorm, 4)}`,
        ].join(" ")
      : "every student whose derivatives have norm at most A = 1 (another A: give --noise in units of it)";
  return [
    "Noisy gradient descent, a theorem:",
    [
      `Hypotheses: each step sees the population's gradient plus independent N(0, ${n.sigma}^2)`,
      "an entry, and start, step rule and stopping use nothing else of f; f drawn by the",
      `certificate's weights and divided by its own norm; ${norm}.`,
    ].join(" "),
    ...(b.confidence < 1 ? [`The dimension itself holds with confidence ${b.confidence}.`] : []),
    [
      `Then the probability of a correlation above ${n.rho} is at most`,
      `${shownAbove(n.chance, 3)} + what the gradients tell:`,
    ].join(" "),
    ...stated(`by V = T P A^2, at most ${shownAbove(n.perWeight.variation, 4)}`, n.perWeight.bounds),
    ...(n.trace === null
      ? []
      : stated(`by V = T sup tr K, at most ${shownAbove(n.trace.variation, 4)}`, n.trace.bounds)),
    ...(n.halting === null
      ? []
      : stated(`by a halting rule at V = ${n.halting.variation}`, n.halting.bounds)),
    ...batches(b, n),
  ];
}

const stated = (by: string, bounds: readonly NoisyBound[]): string[] => [
  `  ${by}:`,
  ...bounds.map(({ loss, pinsker, bretagnolleHuber, success, vacuous }) =>
    [
      `    gradients of ${lossNames[loss]}:`,
      `${shownAbove(Math.min(pinsker, bretagnolleHuber), 3)}, in all`,
      `${shownAbove(success, 3)}${vacuous ? ", vacuous" : ""}`,
    ].join(" "),
  ),
];

function batches({ batch }: Budget, { batches: of }: NoisyGradient): string[] {
  if (batch === null) return [];
  if (of === null)
    return [
      [
        "  That is about population gradients. Means over fresh batches with real labels are",
        "another algorithm: 1/d_eff grows by E[f^2 |grad f_w|^2] / (B tr K), which is not known",
        "here.",
      ].join(" "),
    ];
  return stated(
    [
      `That is about population gradients. With means over fresh batches of ${batch}, noise`,
      `added all the same, 1/d_eff becomes (1 - 1/B)/d_eff + 1/B = ${shownAbove(of.signal, 3)}`,
    ].join(" "),
    of.bounds,
  );
}
