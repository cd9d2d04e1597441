// How far the search raises the dimension of random weights, at sizes that take seconds.
import { expect, it } from "vitest";
import { verify } from "../../src/family/certify.ts";
import { networkClass } from "../../src/prover/network-class.ts";
import { searched } from "./honest.ts";

it.each([
  [{ student: "gnn", n: 6, graph: "cycle", d: 16, members: 160 }, 150, 10],
  [{ student: "group-linear", group: "cyclic:8", members: 48 }, 200, 10],
  [{ student: "mlp", d: 16, members: 128 }, 150, 8],
])(
  "%o is searched to so many times the dimension of random weights, and verified",
  async (params, steps, times) => {
    const certificate = await searched(params, { steps });
    const { start, end } = certificate.search ?? { start: NaN, end: NaN };
    expect(end / start).toBeGreaterThan(times);
    expect(end).toBe(certificate.dimension.spectral);
    const { valid, level } = await verify(certificate, { families: [networkClass] });
    expect([valid, level]).toEqual([true, "checked"]);
  },
);
