import { describe, expect, it } from "vitest";
import { attention } from "../../src/network/attention.ts";
import { featureGnn } from "../../src/network/feature-gnn.ts";
import { frameAveraged } from "../../src/network/frame-averaged.ts";
import { gin } from "../../src/network/gin.ts";
import { gnn } from "../../src/network/gnn.ts";
import { deepSets, groupLinear } from "../../src/network/group-linear.ts";
import type { Sizes } from "../../src/network/layers.ts";
import type { Network } from "../../src/network/network.ts";
import { frameOf, type FrameId } from "../../src/symmetry/frames.ts";
import { parseGroup } from "../../src/symmetry/groups.ts";

const group = parseGroup("cyclic:4");
const networks: [string, (sizes: Sizes) => Network][] = [
  ["gnn", (s) => gnn({ n: 4, expectedDegree: 1.5, degreeSd: 1, ...s })],
  ["featureGnn", (s) => featureGnn({ n: 2, features: 3, adjacency: Uint8Array.of(0, 1, 1, 0), ...s })],
  ["gin", (s) => gin({ n: 4, expectedDegree: 1.5, degreeSd: 1, ...s })],
  ["attention", (s) => attention({ n: 4, expectedDegree: 1.5, degreeSd: 1, ...s })],
  ["groupLinear", (s) => groupLinear(group, { columns: 1, ...s })],
  ["deepSets", (s) => deepSets(4, { columns: 1, ...s })],
  ["frameAveraged", (s) => frameAveraged({ group, frame: "reynolds", columns: 1, ...s })],
];
const sizes: Sizes = { layers: 1, width: 2, readoutLayers: 0, pool: "sum" };

describe.each(networks)("%s", (_, of) => {
  it("refuses a pooling that there is not and sizes that no network has", () => {
    expect(() => of({ ...sizes, pool: "max" as "sum" })).toThrow(
      /pool: "max" is unknown; allowed: mean, sum/,
    );
    for (const layers of [0, 1.5, NaN]) expect(() => of({ ...sizes, layers })).toThrow(/layers is/);
    for (const width of [0, -1, 2.5]) expect(() => of({ ...sizes, width })).toThrow(/width is/);
    expect(() => of({ ...sizes, readoutLayers: -1 })).toThrow(
      /readoutLayers is -1; allowed: an integer, at least 0/,
    );
  });

  it("takes the least there are (negative control)", () => {
    expect(of(sizes).weights["out.w"]).toBeDefined();
  });
});

it("frameOf refuses a frame that there is not", () => {
  expect(() => frameOf("sorted" as FrameId, group)).toThrow(
    /frame: "sorted" is unknown; allowed: reynolds, sort-abs/,
  );
});
