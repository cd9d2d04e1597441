import type { StoredRecord } from "../../../src/run/record.ts";
import { rule, type Truth } from "./rule.ts";

const computed =
  (...recipes: readonly string[]) =>
  ({ task }: StoredRecord): boolean =>
    task.kind === "recipe" && recipes.includes(task.recipe);
const certified =
  (family: string) =>
  ({ task }: StoredRecord): boolean =>
    task.kind === "certify" && task.family === family;

const trained =
  (student: string) =>
  ({ task }: StoredRecord): boolean =>
    task.kind === "train" && task.options.student === student;

/** What a run has of each of the eleven works. */
const works: readonly ((r: StoredRecord) => boolean)[] = [
  computed("spectral-averaging"),
  (r) => computed("minimal-frames")(r) || trained("canonical")(r),
  (r) => computed("unitary")(r) || trained("unitary")(r),
  computed("phase-frame"),
  certified("curve-parity"),
  computed("canonicalisation"),
  computed("canonicalisation"),
  computed("class-distance", "graph-accuracy"),
  computed("graph-law-parity"),
  computed("lorentz-invariants"),
  certified("biased-neuron"),
];

export const neighbours: Truth = {
  // counts of the works themselves: what each idea changes follows from what it varies
  definitions: [
    "Of 11 neighbouring works 3 change what is certified, 5 what learning costs, 3 neither",
    "Of 11 works 3 ask about other targets or laws",
  ],
  rules: ({ records }) => [
    rule("a number of this run's records ({} of {}).", () => [
      works.filter((has) => records.some(has)).length,
      works.length,
    ]),
  ],
};
