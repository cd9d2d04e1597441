/** The oracle's side of learners in other programs: what it gives, and what it never gives. */

import { describe, expect, it } from "vitest";
import { decodeFloats, encodeFloats } from "../../src/base/base64.ts";
import { keyFor, normals } from "../../src/base/random.ts";
import type { JsonObject } from "../../src/base/checked.ts";
import { drawInstance } from "../../src/family/draw.ts";
import { curveParity } from "../../src/family/neighbours.ts";
import { families, familyById } from "../../src/family/registry.ts";
import { parseWith } from "../../src/base/schema.ts";
import { learnSchema, type LearnOptions } from "../../src/learner/learner.ts";
import { answersFor, type RemoteJob } from "../../src/learner/remote/answers.ts";
import { converse, isRemote } from "../../src/learner/remote/learner.ts";
import { parseQuestion, type Channel } from "../../src/learner/remote/protocol.ts";

const hidden: Readonly<Record<string, object>> = {
  "gnn-degree-parity": { n: 6, degrees: [1, 4], bit: 1 },
  "gnn-hidden-plane": { n: 1, d: 4, k: 4, count: 12 },
  "cnn-hidden-plane": { group: "cyclic:4", k: 4, count: 12 },
  "frame-parity": { group: "cyclic:6", k: 2, subset: [0, 2] },
  "invariant-polynomial": { variables: 5, degree: 2 },
};

function jobOf(id: string, options: Partial<LearnOptions> = {}, seed = 77): RemoteJob {
  const family = familyById(id);
  const instance = drawInstance(family, family.parse(hidden[id]), seed);
  return {
    family,
    instance,
    easy: false,
    seed,
    options: parseWith(learnSchema, { points: 300, ...options }),
  };
}

/** A learner here: it is handed what a program would be, and keeps all of it. */
function local(learn: (ask: (question: object) => Promise<JsonObject>) => Promise<(x: Float32Array, count: number) => Float32Array>) {
  const heard: JsonObject[] = [];
  const said: unknown[] = [];
  let hear = (): void => {};
  const next = async (): Promise<JsonObject> => {
    while (heard.length <= read) await new Promise<void>((resolve) => (hear = resolve));
    return heard[read++];
  };
  let read = 0;
  let speak = (): void => {};
  const say = (message: unknown): void => {
    said.push(message);
    speak();
  };
  const channel: Channel = {
    send: async (message) => {
      heard.push(JSON.parse(JSON.stringify(message)) as JsonObject);
      hear();
    },
    async receive() {
      while (said.length === 0) await new Promise<void>((resolve) => (speak = resolve));
      return said.shift();
    },
  };
  const whole = (async () => {
    await next(); // hello
    const predict = await learn(async (question) => (say(question), next()));
    say({ ask: "done" });
    for (let message = await next(); message["end"] !== true; message = await next()) {
      const count = Number(message["count"]);
      const text = String(message["test"]);
      const numbers = Math.floor((text.length / 4) * 3 - (text.match(/=*$/)?.[0].length ?? 0)) / 4;
      say({ predictions: encodeFloats(predict(decodeFloats(text, numbers, "test"), count)) });
    }
  })();
  return { channel, heard, whole };
} // prettier-ignore

const zero = (_: Float32Array, count: number): Float32Array => new Float32Array(count);

describe("a learner in another program", () => {
  it.each(families.map(({ id }) => id))("%s: hears nothing of what is hidden", async (id) => {
    const job = jobOf(id);
    const { channel, heard, whole } = local(async (ask) => {
      await ask({ ask: "examples", count: 5 });
      return zero;
    });
    await converse(channel, await answersFor(job), job, "test");
    await whole;
    const text = JSON.stringify(heard.map((message) => ({ ...message, x: null, y: null, test: null })));
    expect(Object.keys(heard[0]).sort()).toEqual(["budget", "family", "input", "labels", "oracle", "protocol", "random"]);
    for (const name of Object.keys(job.instance.hidden)) expect(text).not.toContain(`"${name}"`);
    expect(text).not.toMatch(/\b77\b/); // the seed, which would draw the instance again
    // and of the oracle itself, no property leads to the target
    const answers = await answersFor(job);
    const found = Object.values(answers).filter((value) => typeof value !== "function");
    expect(JSON.stringify(found)).not.toContain(JSON.stringify(Object.values(job.instance.hidden)[0]));
  }); // prettier-ignore

  it("gets labelled examples up to its budget", async () => {
    const job = jobOf("gnn-hidden-plane", { samples: 8 });
    const answers = await answersFor(job);
    const { x, y, left } = await answers.answer({ ask: "examples", count: 5 }, "test");
    const data = decodeFloats(String(x), 20, "x");
    const labels = job.instance.hard.label({ count: 5, shape: [1, 4], data });
    expect(decodeFloats(String(y), 5, "y")).toEqual(Float32Array.from(labels));
    expect(left).toBe(3);
    await expect(answers.answer({ ask: "examples", count: 4 }, "test")).rejects.toThrow(/3 of 8 are left/);
    expect(answers.cost()).toEqual({ queries: null, samples: 5 });
  });

  it.each(["samples", "honest"] as const)("%s: of a twin that lives elsewhere, it sees examples from there", async (oracle) => {
    const instance = drawInstance(curveParity, curveParity.parse({ n: 8 }), 77);
    const job = { ...jobOf("gnn-hidden-plane", { oracle }), family: curveParity, instance, easy: true };
    const answers = await answersFor(job);
    expect(answers.hello).toMatchObject({ input: { shape: [8], law: "placed-gray-curve" } });
    const count = 100;
    const asked = oracle === "samples" ? { ask: "examples", count } as const : { ask: "points", from: 0, count } as const;
    const { x } = await answers.answer(asked, "test");
    const onTheHardCurve = (data: ArrayLike<number>): boolean => Array.from(data).some((v) => v === 0 || v === 1);
    expect(onTheHardCurve(decodeFloats(String(x), 8 * count, "x"))).toBe(false);
    expect(onTheHardCurve(answers.test.data)).toBe(false);
  }); // prettier-ignore

  it("gets honest answers within the tolerance, by its own reckoning on the points", async () => {
    const job = jobOf("gnn-hidden-plane", { oracle: "honest", tau: 0.05, queries: 20 });
    const answers = await answersFor(job);
    const { x } = await answers.answer({ ask: "points", from: 0, count: 300 }, "test");
    const data = decodeFloats(String(x), 1200, "x");
    const labels = job.instance.hard.label({ count: 300, shape: [1, 4], data });
    const values = normals(keyFor("queries"), new Float32Array(20 * 300));
    const reply = await answers.answer(
      { ask: "correlations", count: 20, values: encodeFloats(values) },
      "test",
    );
    let worst = 0;
    for (let q = 0; q < 20; q++) {
      const row = values.subarray(q * 300, (q + 1) * 300);
      const norm = Math.hypot(...row) / Math.sqrt(300);
      const inner = row.reduce((sum, h, i) => sum + h * labels[i], 0) / 300 / norm;
      worst = Math.max(worst, Math.abs((reply["values"] as number[])[q] - inner));
      expect((reply["norms"] as number[])[q]).toBeCloseTo(norm, 5);
    }
    expect(worst).toBeLessThanOrEqual(0.05 + 1e-6);
    expect(worst).toBeGreaterThan(0.01); // it is not exact
    const more = { ask: "correlations", count: 1, values: encodeFloats(new Float32Array(300)) } as const;
    await expect(answers.answer(more, "test")).rejects.toThrow(/0 of 20 are left/);
  });

  it("is told by the adversary what most members survive, and is graded by the one that suits it least", async () => {
    const job = jobOf("gnn-hidden-plane", { oracle: "adversarial", tau: 0.4 });
    const answers = await answersFor(job);
    await answers.answer({ ask: "correlations", count: 1, values: encodeFloats(new Float32Array(300).fill(1)) }, "test");
    const { labels, details } = answers.graded(new Float32Array(300));
    expect(details).toMatchObject({ survivors: 12, functions: 12 });
    const knows = answers.graded(Float32Array.from(labels));
    expect(knows.labels).not.toEqual(labels); // predictions of one member: another one is left to be the target
    const twin = { ...job, easy: true };
    await expect(answersFor(twin)).rejects.toThrow(/the adversary holds the hard family/);
  }); // prettier-ignore

  it.each([
    [{}, /asks for nothing; allowed: examples/],
    [null, /asks for nothing/],
    [{ ask: "target" }, /asks for "target"/],
    [{ ask: "examples" }, /count: missing/],
    [{ ask: "examples", count: 1.5 }, /count/],
    [{ ask: "examples", count: 1, more: 2 }, /"more" is unknown/],
    [{ ask: "points", from: -1, count: 2 }, /from: -1 is too small/],
    [{ ask: "correlations", count: 1, values: 5 }, /values/],
  ])("the question %j is refused in a line", (message, said) => {
    expect(() => parseQuestion(message, "test")).toThrow(said);
  });

  it("queries whose values are not numbers, or too few, are refused", async () => {
    const answers = await answersFor(jobOf("gnn-hidden-plane", { oracle: "honest" }));
    const ask = (values: string) => answers.answer({ ask: "correlations", count: 1, values }, "test");
    await expect(ask(encodeFloats(new Float32Array(299)))).rejects.toThrow(/allowed: 1600, for 300 float32/);
    await expect(ask(encodeFloats(new Float32Array(300).fill(NaN)))).rejects.toThrow(/not finite/);
    await expect(ask("!".repeat(1600))).rejects.toThrow(/no base64/);
    const examples = { ask: "examples", count: 1 } as const;
    await expect(answers.answer(examples, "test")).rejects.toThrow(
      /does not give; allowed: points, correlations/,
    );
  });

  it("is named by exec: and a command", () => {
    expect(["exec:python3 x.py", "exec:./a"].every(isRemote)).toBe(true);
    expect(["exec:", "exec: ", "execute", "low-degree"].some(isRemote)).toBe(false);
  });
});
