// Every network that the laptop plan trains is made once.
import { expect, it } from "vitest";
import { drawInstance } from "../../src/family/draw.ts";
import { studentOf } from "../../src/family/family.ts";
import { readOptions } from "../../src/learner/gradient-descent.ts";
import { familyIn } from "../../src/run/catalogue.ts";
import { builtIn, studies } from "../../src/study/registry.ts";
import { plan } from "../../src/study/reproduce.ts";

it("trains no student at laptop that refuses the size", () => {
  const trained = plan(studies, { scale: "laptop", catalogue: builtIn }).filter((t) => t.kind === "train");
  const different = new Map(
    trained.map((t) => [JSON.stringify([t.family, t.params, t.options.student]), t]),
  ).values();
  const refused = [...different].flatMap(({ family: id, params, options }) => {
    const family = familyIn(builtIn, id);
    try {
      studentOf(family, drawInstance(family, family.parse(params), 0), readOptions(family, options).all);
      return [];
    } catch (error) {
      return [`${id} ${JSON.stringify(params)}: ${String(error)}`];
    }
  });
  expect(trained.length).toBeGreaterThan(100);
  expect(refused).toEqual([]);
});
