/**
 * Forged certificates of every kind against both verifiers, and ground ones against the truth:
 * node scripts/forge.mjs [COUNT] [SEED] [COUNT IN PYTHON].
 */

import { forgeryTrial, type TrialResult } from "../src/family/forgery-trial.ts";
import { pythonIsThere, startPython } from "../test/examples/python.ts";
import { groundCertificates, groundLaws } from "../test/query/ground.ts";
import { honestCertificates } from "../test/query/honest.ts";
import { processorTime, slowestAllowed } from "../test/query/slowest.ts";

const [count = 100_000, seed = 0, inPython = Math.ceil(count / 20)] = process.argv.slice(2).map(Number);
const honest = await honestCertificates();

function shownProgress(what: string): (fraction: number) => void {
  const start = performance.now();
  let shown = 0;
  return (fraction) => {
    if (fraction < shown) return;
    const seconds = Math.round((performance.now() - start) / 1000);
    console.error(`${what}: ${Math.round(100 * fraction)} %, ${seconds} s`);
    shown = fraction + 0.05;
  };
}

const ground = (await groundCertificates(2000)).map(({ certificate, dimension }) => ({
  claimed: Number(certificate.dimension.spectral),
  dimension,
}));
const laws = [await groundLaws(12, 1275), await groundLaws(15, 12)];
const own = await forgeryTrial(honest, {
  count,
  seed,
  limit: { seconds: 10, bytes: 2 ** 30 },
  clock: processorTime,
  onProgress: shownProgress("verify"),
});

async function pythonTrial(): Promise<TrialResult> {
  const python = startPython(new URL("../examples/verify/", import.meta.url).pathname);
  let spent = 0;
  const result = await forgeryTrial(honest, {
    count: inPython,
    seed: seed + 1,
    clock: () => spent,
    onProgress: shownProgress("verify.py"),
    async verifier(document, { labels }) {
      const { outcome, seconds } = await python.check(document, labels);
      spent += 1000 * seconds;
      return outcome === "valid";
    },
  });
  await python.close();
  return result;
}

const python = pythonIsThere() ? await pythonTrial() : "python3 is not there";
console.log(JSON.stringify({ verify: own, python, ground, laws }, null, 2));

const fails = (result: TrialResult, most: number): boolean =>
  result.falseAccepted.length + result.crashes.length > 0 || result.slowest.milliseconds > most;
const failed =
  fails(own, slowestAllowed.verify) ||
  typeof python === "string" ||
  fails(python, slowestAllowed.python) ||
  ground.some(({ claimed, dimension }) => claimed > dimension) ||
  laws.some(({ accepted }) => accepted > 0);
process.exitCode = failed ? 1 : 0;
