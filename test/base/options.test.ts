import { describe, expect, it } from "vitest";
import { optionFlag, refuseUnread } from "../../src/base/options.ts";

describe("refuseUnread", () => {
  it("names the option, who does not read it, and what is read", () => {
    expect(() => refuseUnread({ readoutLayers: 0 }, ["layers", "readoutBias"], "the student tree")).toThrow(
      "--readout-layers: not read by the student tree; allowed: --layers, --readout-bias",
    );
    expect(() => refuseUnread({ samples: 5 }, [], "it")).toThrow(/^--samples: not read by it$/);
  });

  it("accepts what is read, what is absent and flags that are off", () => {
    expect(() => refuseUnread({ layers: 0, width: undefined, exact: false }, ["layers"], "it")).not.toThrow();
    expect(() => refuseUnread({ exact: true }, ["layers"], "it")).toThrow(/--exact/);
  });
});

it("optionFlag", () => expect(["n", "stopAt"].map(optionFlag)).toEqual(["--n", "--stop-at"]));
