// What a user's first program may be: compiled by the strictest rules, it runs on every Node that is supported and in
// a browser.
import {
  certify,
  certifyFunctions,
  drawInstance,
  familyById,
  stream,
  trainByGradient,
  verify,
  type Key,
} from "equihard";

const certificate = await certify("gnn-degree-parity", { n: 6 });
const { valid } = await verify(certificate);

const family = familyById("gnn-degree-parity");
const instance = drawInstance(family, family.parse({ n: 6 }), 0);
const options = { steps: 20, batch: 32, width: 8, testSamples: 500 };
const { result } = await trainByGradient({ family, instance, easy: true, seed: 0, options });

const sample = (key: Key, count: number): number[] => Array.from({ length: count }, stream(key).normal);
const functions = [1, 2, 3].map((k) => (x: number) => (Math.sin(k * x) < 0 ? -1 : 1));
const own = await certifyFunctions({ sample, functions }, { samples: 2000, tau: 1 / 16, rho: 1 / 2 });

const dimensions = [certificate, own].map((c) => Number(c.dimension.spectral).toFixed(3));
console.log(JSON.stringify({ valid, dimensions, steps: result.steps, loss: result.final.loss }));
