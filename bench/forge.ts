/** Forged certificates of every kind against `verify`: node scripts/forge.mjs [COUNT] [SEED]. */

import { forgeryTrial } from "../src/family/forgery-trial.ts";
import { honestCertificates } from "../test/query/honest.ts";

const [count = 100_000, seed = 0] = process.argv.slice(2).map(Number);
const start = performance.now();
let shown = 0;
const result = await forgeryTrial(await honestCertificates(), {
  count,
  seed,
  limit: { seconds: 10, bytes: 2 ** 30 },
  onProgress(fraction) {
    if (fraction < shown) return;
    console.error(`${Math.round(100 * fraction)} %, ${Math.round((performance.now() - start) / 1000)} s`);
    shown = fraction + 0.05;
  },
});
console.log(JSON.stringify(result, null, 2));
process.exitCode = result.falseAccepted.length + result.crashes.length === 0 ? 0 : 1;
