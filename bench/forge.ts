/**
 * Forged certificates of every kind against both verifiers, and ground ones against the truth:
 * node scripts/forge.mjs [COUNT] [SEED] [COUNT IN PYTHON] [PART]. A part is ground, verify or python; absent, all of
 * them are done one after the other. What became of a part is printed as soon as it is known.
 */

import { forgeryTrial, type TrialResult } from "../src/family/forgery-trial.ts";
import type { Forgeable } from "../src/family/forgeries.ts";
import { pythonIsThere, startPython } from "../test/examples/python.ts";
import { groundCertificates, groundLaws } from "../test/query/ground.ts";
import { honestCertificates } from "../test/query/honest.ts";
import { processorTime } from "../test/processor-time.ts";
import { slowestAllowed } from "../test/query/slowest.ts";

const [numbers, [part]] = [process.argv.slice(2, 5).map(Number), process.argv.slice(5)];
const [count = 100_000, seed = 0, inPython = Math.ceil(count / 20)] = numbers;

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

/** A part's result, and whether it is as it should be. */
interface Outcome {
  readonly result: unknown;
  readonly good: boolean;
}

async function ground(): Promise<Outcome> {
  const samples = (await groundCertificates(2000, shownProgress("ground samples"))).map(
    ({ certificate, dimension }) => ({ claimed: Number(certificate.dimension.spectral), dimension }),
  );
  const laws = [
    await groundLaws(12, 1275, shownProgress("ground laws on 12 nodes")),
    await groundLaws(15, 12, shownProgress("ground laws on 15 nodes")),
  ];
  const good =
    samples.every(({ claimed, dimension }) => claimed <= dimension) &&
    laws.every(({ accepted }) => accepted === 0);
  return { result: { samples, laws }, good };
}

const judged = (result: TrialResult, most: number): Outcome => ({
  result,
  good: result.falseAccepted.length + result.crashes.length === 0 && result.slowest.milliseconds <= most,
});

async function verify(): Promise<Outcome> {
  const result = await forgeryTrial(await honest(), {
    count,
    seed,
    limit: { seconds: 10, bytes: 2 ** 30 },
    clock: processorTime,
    onProgress: shownProgress("verify"),
  });
  return judged(result, slowestAllowed.verify);
}

async function python(): Promise<Outcome> {
  if (!pythonIsThere()) return { result: "python3 is not there", good: false };
  const verifier = startPython(new URL("../examples/verify/", import.meta.url).pathname);
  let spent = 0;
  const result = await forgeryTrial(await honest(), {
    count: inPython,
    seed: seed + 1,
    clock: () => spent,
    onProgress: shownProgress("verify.py"),
    async verifier(document, { labels }) {
      const { outcome, seconds } = await verifier.check(document, labels);
      spent += 1000 * seconds;
      return outcome === "valid";
    },
  });
  await verifier.close();
  return judged(result, slowestAllowed.python);
}

function honest(): Promise<Forgeable[]> {
  shownProgress("honest certificates")(0);
  return honestCertificates();
}

const parts = { ground, verify, python };
const asked = Object.entries(parts).filter(([name]) => part === undefined || part === name);
if (asked.length === 0) throw new RangeError(`${part} is no part: ${Object.keys(parts).join(", ")}`);
for (const [name, run] of asked) {
  const { result, good } = await run();
  console.log(JSON.stringify({ [name]: result }, null, 2));
  if (!good) process.exitCode = 1;
}
