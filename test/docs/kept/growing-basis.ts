import { isLearn } from "../../study/truth/run.ts";
import { slopeOf } from "../../study/truth/slope.ts";
import { bare, count, failingAt, records, recordsAt } from "./told.ts";

interface Need {
  readonly parameter: string;
  readonly points: readonly { readonly value: number; readonly samples: number }[];
}

export function basisNeeds(): string[] {
  const needs = records
    .filter(({ task }) => task.kind === "recipe" && task.recipe === "sample-need")
    .filter(({ task }) => task.family === "invariant-polynomial")
    .map(({ result }) => result as unknown as Need);
  const against = (name: string) => needs.find(({ parameter }) => parameter === name)!.points;
  const [first, second, third] = against("degree").map(({ samples }) => count(samples));
  const sizes = against("variables");
  const slope = slopeOf(sizes.map(({ value, samples }) => [Math.log10(value), Math.log10(samples)]));
  const [low, high] = [...new Set(sizes.map((p) => p.samples))].sort((a, b) => a - b);
  const { family, params } = failingAt("400");
  const basis = recordsAt(family.id, params).filter(isLearn);
  const noisy = basis.find(({ task }) => task.learner === "growing-basis" && task.options["noise"] === 0.5)!;
  return [
    `Hermite ${first}, ${second} and ${third} for degrees 2 to 4; at degree 2, from 20 to 200 variables,`,
    `variables, ${low} or ${high}, in no order: ${slope.toFixed(2)} as the exponent`,
    `found from ${count(Number(noisy.task.options["samples"]))} examples`,
    `(explained variance ${bare(noisy.result.final.explainedVariance!, 5)};`,
  ];
}
