import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ask } from "../../../../src/run/executor/slurm/calls.ts";

// what is still set keeps the program waiting
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

describe("a program of Slurm", () => {
  it("that is not there says so, and keeps nobody waiting", async () => {
    await expect(ask("equihard-is-no-slurm", [])).rejects.toThrow(
      "equihard-is-no-slurm is not on this machine",
    );
    expect(vi.getTimerCount()).toBe(0);
  });

  it("answers with what it writes, or says why not", async () => {
    expect(await ask("cat", [], "text")).toEqual({ text: "text" });
    expect(await ask("sh", ["-c", "echo sinfo: error: Unable to contact controller >&2; exit 1"])).toEqual({
      problem: "Unable to contact controller",
      silent: true,
    });
    expect(await ask("false", [])).toEqual({ problem: "false ended (code 1)", silent: false });
    expect(vi.getTimerCount()).toBe(0);
  });
});
