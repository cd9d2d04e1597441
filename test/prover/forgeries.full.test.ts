import { expect, it } from "vitest";
import { forgeryTrial } from "../../src/family/forgery-trial.ts";
import { networkClass } from "../../src/prover/network-class.ts";
import { searched, searchedNetworks } from "./honest.ts";

it("forged certificates of searched networks are refused, or claim no more than is true of their members", async () => {
  const result = await forgeryTrial(await searchedNetworks(), { count: 1600, seed: 7 });
  expect([result.falseAccepted, result.crashes]).toEqual([[], []]);
  expect(result.refused).toBeGreaterThan(1000);
});

it("are accepted by a verifier that looks away, which the trial shows", async () => {
  const gullible = {
    ...networkClass,
    verifier: {
      wellFormed: () => [],
      *check() {
        yield { what: "looking away", done: 1, total: 1 };
        return { route: "none", checks: [] };
      },
    },
  };
  const certificate = await searched({ student: "mlp", d: 4, width: 2, members: 6 }, { steps: 5 });
  const { falseAccepted } = await forgeryTrial([{ certificate, family: gullible }], { count: 800 });
  expect(falseAccepted.length).toBeGreaterThan(20);
});
