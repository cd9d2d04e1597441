import { expect, it } from "vitest";
import { effects, slowLearners } from "./effects.ts";

it.each(slowLearners)("$id is changed by each option that it names, and by nothing else", async (learner) => {
  expect(await effects(learner)).toEqual({ unread: [], repeats: true });
});
