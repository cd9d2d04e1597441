/** Every number on the theory page, computed again. */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { certify } from "../../src/family/certify.ts";
import { asWritten, exactly, multiply, rational } from "../../src/numeric/rational.ts";
import { shownAbove } from "../../src/numeric/rounding.ts";
import { noisyBound } from "../../src/query/noisy-gradient.ts";
import { requiredQueries } from "../../src/query/statement.ts";

const page = readFileSync(join(resolve(import.meta.dirname, "../.."), "docs/theory.md"), "utf8");
const text = page.replace(/\s+/g, " ");
const says = (part: string): void => expect(text).toContain(part);

const dimensionOf = async (id: string, params: object): Promise<number> =>
  Number((await certify(id, params)).dimension.spectral);

describe("docs/theory.md", () => {
  it("counts queries as the program does", async () => {
    const dimension = await dimensionOf("gnn-hidden-plane", { n: 1, d: 16, k: 4 });
    expect(dimension).toBeGreaterThanOrEqual(3740);
    const square = (x: number) => multiply(asWritten(x), asWritten(x));
    const need = (success?: number) =>
      requiredQueries({ dimension: rational(3740) }, square(1 / 16), square(1 / 2), success === undefined ? undefined : asWritten(success)).queries;
    const least = Math.ceil(1e4 / Math.sqrt(3740)) / 1e4;
    says(`d_eff = 3740, tau = 1/16, rho = 1/2 give ${need()} queries, ${need(0.5)} for success 1/2, and the statement is vacuous for rho below ${least}`);
  }); // prettier-ignore

  it("has the dimensions of its examples", async () => {
    says(`1/0.2451171875 = ${(await dimensionOf("gnn-degree-parity", { n: 6 })).toFixed(4).slice(0, 4)}`);
    const { notions = [] } = await certify("gnn-degree-parity", { n: 10 }, { notion: "cross-predictability" });
    const spread = Number(notions.find(({ notion }) => notion === "cross-predictability")?.value).toFixed(1);
    says(`at n = 10 its inverse is ${spread}, where d_eff is ${(await dimensionOf("gnn-degree-parity", { n: 10 })).toFixed(1)}`);
    says(`at n = 10 it is ${(await dimensionOf("gnn-degree-parity", { n: 10 })).toFixed(1)}`);
    const choose = (n: number, k: number): number => Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1);
    const harmonics = (d: number, k: number): number => choose(d + k - 1, k) - choose(d + k - 3, k - 2);
    says(`${Math.round(harmonics(16, 4))} at d = 16, k = 4, and ${harmonics(256, 6).toPrecision(3)} at d = 256, k = 6`);
    const one = await dimensionOf("gnn-hidden-plane", { n: 1, d: 16, k: 4 });
    says(`on one node ${Math.floor(one)} at d = 16, k = 4, where degree 4 holds ${(harmonics(16, 4) / one).toFixed(3)}`);
    says(`${Math.floor(await dimensionOf("cnn-hidden-plane", { group: "cyclic:16", k: 4 }))} for \`cyclic:16\`, k = 4`);
    says(`${await dimensionOf("frame-parity", { group: "cyclic:12", k: 4 })} for 4-subsets under \`cyclic:12\``);
    says(`independent invariants are orthonormal: ${await dimensionOf("invariant-polynomial", { variables: 20, degree: 3 })}`);
  }); // prettier-ignore

  it("has the bounds of its examples", () => {
    const worked = { dimension: rational(2), rho: rational(1), sigma: exactly(5 * Math.SQRT2), variation: rational(1) };
    says(`the bound is ${noisyBound("squared", worked).success.toFixed(2)}.`);
    says(`half the squared error would give ${noisyBound("half-squared", worked).success.toFixed(2)}, which is false`);
    // Phi(sqrt 2 / (5 sqrt 2)) by the error function's series
    const normal = (x: number): number => {
      let [term, sum] = [x, x];
      for (let i = 1; i < 30; i++) sum += (term *= (-x * x) / (2 * i)) / (2 * i + 1);
      return 0.5 + sum / Math.sqrt(2 * Math.PI);
    };
    says(`right with probability ${normal(0.2).toFixed(2)}`);
    const plane = { dimension: rational(414173091136n), rho: rational(1, 2), sigma: rational(1, 16), variation: rational(66_000_000) };
    says(`at most ${shownAbove(noisyBound("half-squared", plane).pinsker, 3)} more than nothing`);
    says(`at B = 256 never below ${(1 / 256).toFixed(4)}`);
  }); // prettier-ignore
});
