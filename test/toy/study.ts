/** A study of one's own, defined outside the program: how many products there are, and whether squares find the hidden one. */

import * as Plot from "@observablehq/plot";
import * as z from "zod/mini";
import { keyFor } from "../../src/base/random.ts";
import { parseWith } from "../../src/base/schema.ts";
import { binomial } from "../../src/numeric/choose.ts";
import { figureOf, plot } from "../../src/report/figure.ts";
import { figure, paragraph } from "../../src/report/page.ts";
import { familyIn, type Recipe } from "../../src/run/catalogue.ts";
import { finder } from "../../src/run/record.ts";
import type { Task } from "../../src/run/task.ts";
import { familiesSection } from "../../src/study/families.ts";
import { computedBy, recipeTask, type Study } from "../../src/study/study.ts";
import { toyFamily, toySource } from "./family.ts";

const id = "toy-counts";
const asked = z.object({ sizes: z.array(z.int()) });
const counted = z.object({ counts: z.array(z.object({ n: z.int(), functions: z.string() })) });
type Counts = z.output<typeof counted>["counts"];

/** How the number of functions grows: a computation of the study's own. */
const count: Recipe = (params, { catalogue }) => {
  const family = familyIn(catalogue, "toy-product");
  const { sizes } = parseWith(asked, params);
  const counts = sizes.map((n) => {
    const { k } = toyFamily.parse(family.parse({ n })).values;
    return { n, functions: `${binomial(n, k)}` };
  });
  return Promise.resolve({ counts, seed: keyFor("toy", family.id)[0] });
};

const learning = {
  kind: "learn",
  family: "toy-product",
  params: { n: 5, k: 2 },
  seed: 1,
  learner: "toy-squares",
  options: {},
} as const satisfies Task;

export interface ToyData {
  readonly counts: Counts;
  readonly learned: boolean | null;
}

export const toyStudy: Study<ToyData> = {
  id,
  recipe: { references: ["kiani2024", toySource], load: () => Promise.resolve(count) },
  tasks: ({ scale }) => ({
    first: [recipeTask(id, "toy-product", { sizes: scale === "quick" ? [4, 5] : [4, 5, 6] })],
    last: [learning],
  }),
  followUps: (records) => {
    const first = finder(records)(learning);
    return first === undefined || !first.result.exact ? [] : [{ ...learning, seed: 2 }];
  },
  read: (records) => {
    const [found] = computedBy(id, counted, records);
    if (found === undefined) return null;
    return { counts: found.result.counts, learned: finder(records)(learning)?.result.exact ?? null };
  },
  sections: ({ counts, learned }, document) => {
    const dots = Plot.dot(counts, { x: "n", y: (c: Counts[number]) => Number(c.functions) });
    const drawn = figureOf(
      "toy-counts",
      "Toy counts",
      plot(document, "Toy counts", { marks: [dots] }),
      counts,
    );
    return Promise.resolve([
      familiesSection([figure(drawn, "How many products there are.")]),
      { id, title: "Toy products", blocks: [paragraph(`Found by squares: ${String(learned)}.`)] },
    ]);
  },
  finding: ({ counts, learned }) => ({
    headline: `${counts.length} sizes counted.`,
    table: { head: ["n", "functions"], rows: counts.map((c) => [String(c.n), c.functions]) },
    fields: { learned },
  }),
};
