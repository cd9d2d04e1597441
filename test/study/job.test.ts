/** Files of studies: the work of `reproduce`, `matrix` and the maps, by the mechanism that runs every sweep. */

import { describe, expect, it } from "vitest";
import { taskId, type Task } from "../../src/run/task.ts";
import { fileSchema, readRunFile } from "../../src/study/job.ts";
import { builtIn, studies } from "../../src/study/registry.ts";
import { followUps, plan } from "../../src/study/reproduce.ts";
import { transition } from "../../src/study/transition/study.ts";
import { readSpec } from "../../src/sweep/document.ts";
import { requireExtension } from "../../src/sweep/identity.ts";
import { inventedRun } from "./invented.ts";

const read = async (text: string) => readRunFile(await readSpec(text, "s.yaml"), builtIn, studies);
const ids = (tasks: Iterable<Task>): string[] => [...tasks].map(taskId);

describe("a file of studies", () => {
  it("asks for all that reproduce runs", async () => {
    const { job } = await read("study: all");
    const first = plan(studies, { scale: "quick", catalogue: builtIn });
    expect(ids(job.wanted([]))).toEqual(ids(first));
    expect(job.probes.reduce((sum, { count }) => sum + count, 0)).toBeCloseTo(first.length, 9);
    const kinds = new Set(first.map((task) => task.kind));
    expect(new Set(job.probes.map(({ task }) => task.kind))).toEqual(kinds);
  });

  it("asks for what its records call for, as the study does", async () => {
    const { job, studied } = await read("study: matrix\nsamples: 1000\nfamilies: [invariant-polynomial]");
    const first = [...job.wanted([])];
    const records = inventedRun(first, 1);
    const then = followUps(studied!.studies, records, studied!.scope);
    expect(then.length).toBeGreaterThan(0);
    expect(ids(job.wanted(records))).toEqual(ids([...first, ...then]));
  });

  it("chooses the families, seeds and samples of a matrix; the scale says what is not chosen", async () => {
    const text = "study: matrix\nsamples: 5000\nseeds: 2\nfamilies: [frame-parity]";
    const tasks = [...(await read(text)).job.wanted([])];
    expect(new Set(tasks.map((task) => task.family))).toEqual(new Set(["frame-parity"]));
    const seeds = new Set(tasks.flatMap((task) => ("seed" in task ? [task.seed] : [])));
    expect(seeds).toEqual(new Set([0, 1]));
    const all = ids((await read("study: matrix")).job.wanted([]));
    expect(all).toEqual(ids(plan([studies.find(({ id }) => id === "matrix")!], { scale: "quick", catalogue: builtIn }))); // prettier-ignore
  });

  it("is the transition map of a family, as the study alone plans it", async () => {
    const { job } = await read("study: transition\nscale: laptop\nfamilies: [gnn-hidden-plane]\nseeds: 5");
    const map = plan([transition], { scale: "paper", catalogue: builtIn });
    expect(ids(job.wanted([]))).toEqual(ids(map.filter(({ family }) => family === "gnn-hidden-plane")));
  });

  it("goes on in a folder with more seeds or families, and with nothing less", async () => {
    const of = (text: string) => read(`study: matrix\nsamples: 5000\n${text}`).then(({ job }) => job);
    const small = await of("families: [frame-parity]");
    const held = { planned: ids(small.wanted([])), records: [] };
    requireExtension("run", small, await of("families: [frame-parity]\nseeds: 2"), held);
    requireExtension("run", small, await of("seeds: 1"), held);
    const other = await of("families: [cnn-hidden-plane]");
    expect(() => requireExtension("run", small, other, held)).toThrow(
      /of its \d+ trials are not in this one/,
    );
  });

  it.each([
    ["study: matrix\nseed: 1", /^s\.yaml:2:1: "seed" is unknown; .*did you mean "seeds"\?/],
    ["study: matrx", /^s\.yaml:1:1: study: "matrx" is unknown; .*did you mean "matrix"\?/],
    ["study: matrix\nscale: huge", /^s\.yaml:2:1: scale: "huge" is unknown; allowed: quick, laptop, paper/],
    ["study: matrix\nfamilies: [frame]", /^s\.yaml:2:1: families: "frame" is unknown; allowed: /],
    ["study: transition\nscale: laptop\nsamples: 5000", /^s\.yaml:3:1: samples: is not read by transition/],
    ["study: all\nseeds: 5", /^s\.yaml:2:1: seeds: is not read by all; allowed: study and scale/],
    ["study: transition", /^s\.yaml:1:1: scale: transition has nothing to do at quick/],
    ["study: [matrix]", /^s\.yaml:1:1: study: \["matrix"\] does not fit/],
  ])("%j is refused at its place", async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it("and a sweep of trials are the two forms of one schema", () => {
    const accepts = (value: unknown): boolean => fileSchema.safeParse(value).success;
    expect(accepts({ study: "matrix", scale: "paper", seeds: 2 })).toBe(true);
    expect(accepts({ family: "frame-parity", seeds: 2 })).toBe(true);
    expect(accepts({ family: "frame-parity", study: "matrix" })).toBe(false);
    expect(accepts({ study: "matrix", bisect: {} })).toBe(false);
  });
});
