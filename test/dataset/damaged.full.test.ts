/** 10,000 damaged files of each text format: examples or one complaint, and never anything else. */

import { expect, it } from "vitest";
import { InputError } from "../../src/base/errors.ts";
import { keyFor, stream } from "../../src/base/random.ts";
import { graph6 } from "../../src/dataset/graph6.ts";
import { labelledIn } from "../../src/dataset/labelled.ts";
import { processorTime } from "../processor-time.ts";
import { damaged } from "./damage.ts";

const rows = Array.from({ length: 60 }, (_, i) => i);
const graphs = rows.map((i) =>
  Uint8Array.from({ length: 16 }, (_, at) =>
    Math.floor(at / 4) !== at % 4 && (i + Math.floor(at / 4) + (at % 4)) % 3 === 0 ? 1 : 0,
  ),
);
const edges = (adjacency: Uint8Array): number[][] =>
  Array.from(adjacency).flatMap((bit, at) => (bit === 1 ? [[Math.floor(at / 4), at % 4]] : []));
const formats: Readonly<Record<string, readonly string[]>> = {
  graph6: rows.map((i) => `${graph6(graphs[i], 4)}\t${i % 2}`),
  "edge lists": rows.map((i) => JSON.stringify({ n: 4, edges: edges(graphs[i]), y: i % 2 })),
  CSV: ["a,b,y", ...rows.map((i) => `${Math.sin(i).toFixed(4)},"${i}",${i % 2}`)],
};

it.each(Object.keys(formats))("%s", async (format) => {
  const text = new TextEncoder().encode(formats[format].join("\n"));
  const draws = stream(keyFor("damaged files", format));
  let [read, refused, slowest] = [0, 0, 0];
  for (let i = 0; i < 10_000; i++) {
    const bytes = damaged(text, draws);
    const begun = processorTime();
    try {
      const { count: found } = await labelledIn(bytes, "data", { most: 1000, seed: 0 });
      expect(found).toBeGreaterThan(0);
      read++;
    } catch (error) {
      expect(error, String(error)).toBeInstanceOf(InputError);
      expect(String((error as InputError).message)).not.toContain("\n");
      refused++;
    }
    slowest = Math.max(slowest, processorTime() - begun);
  }
  console.error(`${format}: ${read} read, ${refused} refused, the slowest in ${slowest.toFixed(0)} ms`);
  expect(read).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
  expect(slowest).toBeLessThan(5000);
});
