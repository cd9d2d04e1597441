/** Certificates of `custom` over the whole range of float64: what is proved depends on the labels' ratios, not on their size. */

import { forge } from "../../../src/family/forge.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../../../src/base/random.ts";
import { nextUp, timesPowerOfTwo } from "../../../src/numeric/rounding.ts";
import { type Certificate } from "../../../src/query/certificate.ts";
import type { Labels } from "../../../src/query/own-class/labels.ts";
import { certifyLabels } from "../../../src/query/own-class/class-of-your-own.ts";
import { verify } from "../../../src/family/certify.ts";
import { formatCertificate } from "../../../src/family/certificate-text.ts";

const spectral = (c: Certificate): number => Number(c.dimension.spectral);
const throughJson = (c: Certificate): Certificate => JSON.parse(JSON.stringify(c)) as Certificate;

/** Normal values clipped to [-2, 2], of ten binary digits, so that they can be halved 1060 times. */
function clipped(functions: number, samples: number, seed: number): Labels {
  const { normal } = stream([seed, 11]);
  const value = (): number => Math.max(-2, Math.min(2, Math.round(normal() * 256) / 256));
  return { functions, samples, values: Float64Array.from({ length: functions * samples }, value) };
}

const scaled = (labels: Labels, by: (y: number) => number): Labels => ({
  ...labels,
  values: Float64Array.from(labels.values, by),
});

/** Certified, and found valid from its text and the labels. */
async function certified(labels: Labels, bound: number): Promise<Certificate> {
  const c = throughJson(await certifyLabels(labels, { bound, tau: 1 / 4, rho: 0.9 }));
  const { checks } = await verify(c, { labels });
  expect([bound, checks.filter((check) => !check.ok)]).toEqual([bound, []]);
  return c;
}

/** All that does not carry the labels' units. */
const normalised = ({ functions, gram, dimension, statement, model }: Certificate) => ({
  functions,
  gram,
  dimension,
  statement: { ...statement, class: "" },
  model,
});

describe("the scale of the labels", () => {
  const shapes: [string, Labels][] = [
    ["few functions", clipped(4, 60, 1)],
    ["more functions than samples", clipped(30, 12, 2)],
    ["one function is zero", { ...clipped(4, 60, 3), values: clipped(4, 60, 3).values.fill(0, 60, 120) }],
    ["signs as numbers", scaled(clipped(5, 80, 4), (y) => (y < 0 ? -1 : 1))],
    [
      "magnitudes apart by 10^18",
      { ...clipped(3, 50, 5), values: clipped(3, 50, 5).values.map((y, i) => (i < 50 ? y * 2 ** 30 : i < 100 ? y * 2 ** -30 : y)) }, // prettier-ignore
    ],
  ];

  it.each(shapes)("powers of two give the same certificate: %s", async (_, labels) => {
    const bound = 2 ** 31;
    const expected = normalised(await certified(labels, bound));
    for (const e of [-1036, -1000, -560, -500, -492, -332, -201, -3, 1, 7, 200, 255, 461, 489, 491, 700, 990, 992]) {
      const c = await certified(scaled(labels, (y) => timesPowerOfTwo(y, e)), timesPowerOfTwo(bound, e));
      expect([e, normalised(c)]).toEqual([e, expected]);
    }
  }); // prettier-ignore

  it("is that of subnormal numbers, down to the least", async () => {
    const labels = scaled(clipped(4, 300, 6), (y) => Math.sign(Math.round(y)));
    const expected = await certified(labels, 1);
    expect(spectral(expected)).toBeGreaterThan(1.2);
    for (const unit of [5e-324, 2 ** -1060, 2 ** -1022, 2 ** 1023])
      expect(normalised(await certified(scaled(labels, (y) => y * unit), unit))).toEqual(normalised(expected));
  }); // prettier-ignore

  it.each([1e80, 1e-170, 1e76, 1e-100, 3e-75, 7e153, 1e300, 1e307, 1e-300])("times %d, up to rounding", async (c) => {
    const labels = clipped(5, 300, 7);
    const before = await certified(labels, 2);
    const after = await certified(scaled(labels, (y) => y * c), 2 * c);
    expect(spectral(after)).toBeGreaterThan(1.4);
    expect(Math.abs(spectral(after) / spectral(before) - 1)).toBeLessThan(1e-7);
    expect(after.statement.queries).toBe(before.statement.queries);
  }); // prettier-ignore

  it("any values, mixed or not: ends, verifies, claims no more than the samples show", async () => {
    const bits = new DataView(new ArrayBuffer(8));
    const anyDouble = fc.bigInt(0n, 2n ** 64n - 1n).map((word) => {
      bits.setBigUint64(0, word);
      const x = bits.getFloat64(0);
      return Number.isFinite(x) ? x : 0;
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(anyDouble, { minLength: 45, maxLength: 45 }),
        fc.constantFrom(1, 2 ** 40, Infinity),
        async (functions, samples, numbers, room) => {
          const values = Float64Array.from(numbers.slice(0, functions * samples));
          const largest = values.reduce((a, y) => Math.max(a, Math.abs(y)), 0);
          fc.pre(largest > 0);
          const c = await certified({ functions, samples, values }, Math.min(largest * room, Number.MAX_VALUE));
          const { lambda, lambdaEstimate, meanSquare } = c.evidence as Record<string, number>;
          expect(spectral(c)).toBeLessThanOrEqual(Math.max(1, meanSquare / lambda) * (1 + 1e-9));
          expect(lambda).toBeLessThan(lambdaEstimate * (1 + 1e-6));
          expect(formatCertificate(c)).not.toMatch(/NaN|Infinity|undefined/);
        },
      ),
      { numRuns: 150 },
    );
  }); // prettier-ignore

  it("one function of 1e150 beside one of 1e-150 counts alone", async () => {
    const signs = scaled(clipped(2, 400, 8), (y) => (y < 0 ? -1 : 1));
    const c = await certified(
      { ...signs, values: signs.values.map((y, i) => y * (i < 400 ? 1e150 : 1e-150)) },
      1e150,
    );
    expect(spectral(c)).toBe(1);
  });

  it("states the text's numbers in the user's units, also where no float64 holds them", async () => {
    const labels = scaled(clipped(1, 100, 9), () => 3e200);
    const text = formatCertificate(await certified(labels, 3e200));
    expect(text).toMatch(/values at most 3e\+200/);
    expect(text).toMatch(/between 8\.99999e400 and 9\.00001e400;.* at most 9e400 /);
    const small = formatCertificate(await certified(scaled(labels, () => 2e-300), 2e-300)); // prettier-ignore
    expect(small).toMatch(/between (4|3\.99999)e-600 and 4\.00001e-600/);
  });

  it("a bound far above the labels leaves nothing, and says so", async () => {
    const labels = clipped(5, 300, 7);
    for (const [by, bound] of [[1e-170, 1], [1, 1e300], [1e-300, 1e300], [2 ** -1060, Number.MAX_VALUE]] as const) {
      const c = await certified(scaled(labels, (y) => y * by), bound);
      expect([spectral(c), c.statement.vacuous]).toEqual([1, true]);
      expect(formatCertificate(c)).toContain("vacuous");
    }
  }); // prettier-ignore
});

describe("the verifier is not fooled by units", () => {
  it.each([0, 300, -300, 600, -600, -1060])("labels times 2^%i: other exponents, other numbers", async (e) => {
    const labels = scaled(clipped(4, 60, 1), (y) => timesPowerOfTwo(y, e));
    const c = await certified(labels, timesPowerOfTwo(2, e));
    const { exponent = 0, lambda, lambdaEstimate, meanSquare } = c.evidence as Record<string, number>;
    const inUnitsOf = (other: number, share = 1) => {
      const [l, b, m] = [lambda, lambdaEstimate, meanSquare].map((x) => timesPowerOfTwo(x, 2 * (exponent - other)));
      return { exponent: other, lambda: l, lambdaEstimate: b, meanSquare: m * share };
    };
    // control: the same numbers in other units are true and the same claim, but for the form of documents
    const moved = forge(c, inUnitsOf(Math.max(-1074, Math.min(1023, exponent + 100))));
    const outcome = await verify(throughJson(moved), { labels });
    const failing = outcome.checks.filter((x) => !x.ok).map((x) => x.name);
    expect([failing, normalised(moved)]).toEqual([["exponent"], normalised(c)]);

    const forgeries = [
      { exponent: Math.max(-1074, exponent - 1) },
      { exponent: Math.min(1023, exponent + 1) },
      { exponent: -exponent - 7 },
      inUnitsOf(exponent, 1 + 1e-6),
    ];
    for (const forgery of forgeries) {
      const { checks } = await verify(throughJson(forge(c, forgery)), { labels });
      const wrong = checks.filter((x) => !x.ok && x.name !== "exponent");
      expect([forgery, wrong.length > 0]).toEqual([forgery, true]);
    }
  }); // prettier-ignore

  it("units in which the numbers have few digits left: a mean that is rounded up is found out", async () => {
    const labels = clipped(4, 60, 1);
    const c = await certified(labels, 2);
    const { lambda, meanSquare } = c.evidence as Record<string, number>;
    let forged = 0;
    for (let exponent = 505; exponent < 540; exponent++) {
      const [l, m] = [lambda, meanSquare].map((x) => timesPowerOfTwo(x, -2 * exponent));
      if (timesPowerOfTwo(m, 2 * exponent) <= meanSquare * (1 + 1e-7)) continue;
      const evidence = { exponent, lambda: nextUp(l), lambdaEstimate: l, meanSquare: m };
      const { checks } = await verify(throughJson(forge(c, evidence)), { labels });
      expect(checks.filter((x) => !x.ok).map((x) => x.name)).toContain("mean square");
      forged++;
    }
    expect(forged).toBeGreaterThan(2);
  });
});
