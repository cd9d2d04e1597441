/** A peer that multiplies slowly is not measured, and one that multiplies as fast as the runtime is. */

import { expect, it } from "vitest";
import { measurable, refusal } from "../../bench/peers/blas.ts";
import { startProcess } from "../../bench/peers/process.ts";

const blas = { kernel: undefined, installed: 100, rate: 100, runtime: 105 };

/** A process that says it multiplies at this rate and answers every line with its length. */
const peerOf = (productRate: number) => {
  const hello = JSON.stringify({ version: "1", productRate });
  const serve = `console.log('${hello}'); require("node:readline").createInterface({ input: process.stdin }).on("line", (l) => console.log(l.length))`;
  return startProcess("PyTorch", process.execPath, ["-e", serve], 1);
};

it("names the rates and what to install", () => {
  expect(refusal(6, 105)).toBe(
    "not measured: slow BLAS (6 of the runtime's 105 GFLOP/s, 50 % are asked for), install libopenblas0",
  );
  expect(refusal(NaN, 105)).toMatch("slow BLAS"); // a peer that tells nothing is not taken for fast
  expect([52.5, 142].map((rate) => refusal(rate, 105))).toEqual([undefined, undefined]);
});

it("ends the process of a slow peer, and leaves a fast one", async () => {
  const refused = new Map<string, string>();
  const slow = await peerOf(6);
  expect(await measurable(slow, blas, refused)).toBeNull();
  expect([...refused.keys()]).toEqual(["PyTorch"]);
  await expect(slow?.ask(1)).rejects.toThrow("PyTorch ended");
  refused.clear();
  const fast = await measurable(await peerOf(100), blas, refused);
  expect(refused.size).toBe(0);
  expect(await fast?.ask(1)).toBe(1);
  await fast?.close();
  expect(await measurable(null, blas, refused)).toBeNull();
});
