import { describe, expect, it } from "vitest";
import { keyFor } from "../../src/base/random.ts";
import { gnn } from "../../src/network/gnn.ts";
import { initialise } from "../../src/network/initialise.ts";
import { mlp } from "../../src/network/mlp.ts";
import { weightCount } from "../../src/network/network.ts";

const width = 256;
const network = gnn({ n: 15, largestDegree: 14, expectedDegree: 7, degreeSd: Math.sqrt(3.5), layers: 2, width, readoutLayers: 1, pool: "mean" }); // prettier-ignore
const weights = initialise(network, keyFor("initialise"));
const variance = (x: Float32Array): number => x.reduce((sum, v) => sum + v * v, 0) / x.length;

describe("initial weights", () => {
  it("count all that enters a unit as its fan-in", () => {
    expect(network.fanIn).toEqual({
      "layer1.w": 1, "layer1.b": 1,
      "layer2.self": 2 * width, "layer2.neighbour": 2 * width, "layer2.b": 2 * width,
      "readout1.w": width, "readout1.b": width,
      "out.w": width, "out.b": width,
    }); // prettier-ignore
    expect(mlp({ inputs: 9, layers: 1, width: 4 }).fanIn).toEqual({ "readout1.w": 9, "readout1.b": 9, "out.w": 4, "out.b": 4 }); // prettier-ignore
  });

  it("are normal with variance 2 / fan-in, and biases uniform within 1 / sqrt(fan-in)", () => {
    for (const name of ["layer2.self", "layer2.neighbour", "readout1.w"]) {
      const x = weights[name];
      const sd = Math.sqrt(2 / network.fanIn[name]);
      expect(Math.abs(variance(x) / sd ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / x.length));
      expect(x.filter((v) => Math.abs(v) > 1.96 * sd).length / x.length).toBeCloseTo(0.05, 2);
    }
    for (const name of ["layer1.b", "layer2.b", "readout1.b"]) {
      const bound = 1 / Math.sqrt(network.fanIn[name]);
      const largest = Math.max(...weights[name].map(Math.abs));
      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(0.95 * bound);
      expect(Math.abs(variance(weights[name]) / (bound ** 2 / 3) - 1)).toBeLessThan(
        5 * Math.sqrt(0.8 / width),
      );
    }
  });

  it("put the kinks of the first layer at different degrees", () => {
    const kinks = new Set(weights["layer1.w"].map((w, u) => -weights["layer1.b"][u] / w));
    expect(kinks.size).toBe(width);
  });

  it("leave a weight without fan-in at 0, and give each weight a stream that the others do not move", () => {
    const alone = { weights: { "layer1.w": [width], extra: [3] }, fanIn: { "layer1.w": 1 } };
    const drawn = initialise(alone, keyFor("initialise"));
    expect(drawn["layer1.w"]).toEqual(weights["layer1.w"]);
    expect(drawn["extra"]).toEqual(new Float32Array(3));
    expect(weights["layer2.self"]).not.toEqual(weights["layer2.neighbour"]);
    expect(weightCount(network)).toBe(Object.values(weights).reduce((sum, w) => sum + w.length, 0));
  });
});
