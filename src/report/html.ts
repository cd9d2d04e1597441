/** One self-contained page: opens from disk, no network, light and dark. */

import type { Digest } from "./digest.ts";
import type { Figure } from "./figures.ts";
import { captions, checks, headline, percent } from "./sentences.ts";
import { mean } from "./statistics.ts";

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: string): string => `<tr>${cells.map((c) => `<${tag}>${escape(c)}</${tag}>`).join("")}</tr>`; // prettier-ignore
  return `<div class="scroll"><table><thead>${line(head, "th")}</thead><tbody>${rows.map((r) => line(r, "td")).join("")}</tbody></table></div>`;
}

/** Hard against easy per size, as rows of text: also what the command prints. */
export function summaryRows(digest: Digest): { head: string[]; rows: string[][] } {
  const runs = digest.runs.filter((r) => r.role === "main");
  const sizes = [...new Set([...runs, ...digest.certificates].map((r) => r.n))].sort((a, b) => a - b);
  const rows = sizes.map((n) => {
    const of = (easy: boolean): string[] => {
      const at = runs.filter((r) => r.n === n && r.easy === easy);
      if (at.length === 0) return ["-", "-"];
      return [at.map((r) => r.accuracy.toFixed(3)).join(" "), percent(mean(at.map((r) => r.baseline)))];
    };
    const mus = runs.filter((r) => r.n === n && !r.easy).map((r) => r.mu.toFixed(2)).join(" "); // prettier-ignore
    const c = digest.certificates.find((x) => x.n === n);
    const escapes = digest.escapes.filter(
      (e) => e.n === n && e.noise === 0 && e.learner === "f2-elimination",
    );
    const elimination = escapes.length === 0 ? "-" : mean(escapes.map((e) => e.accuracy ?? 0)).toFixed(4);
    return [String(n), mus || "-", ...of(false), ...of(true), c === undefined ? "-" : c.dimension.toPrecision(4), elimination]; // prettier-ignore
  });
  return {
    head: [
      "n",
      "mu(S)",
      "hard: accuracy",
      "majority",
      "easy: accuracy",
      "majority",
      "d_eff",
      "F2 elimination",
    ],
    rows,
  };
}

function escapeNote(e: Digest["escapes"][number]): string {
  if (e.noise > 0) {
    const outcome = e.consistent ? "still consistent" : "the equations contradict each other: no answer";
    return `${percent(e.noise)} of labels flipped: ${outcome}`;
  }
  return e.errorBound === null ? "" : `expected error at most ${e.errorBound.toExponential(1)}`;
}

export interface ReportContext {
  readonly scale: string;
  readonly version: string;
  readonly leftOut: readonly string[];
}

export function html(digest: Digest, figures: readonly Figure[], context: ReportContext): string {
  const text = captions(digest);
  const summary = summaryRows(digest);
  const figure = (f: Figure): string =>
    `<figure id="${f.name}"><h2>${escape(f.title)}</h2>${f.svg}<figcaption>${escape(text[f.name] ?? "")} Numbers: <code>${f.name}.csv</code>.</figcaption></figure>`;
  const certificates = table(
    ["n", "functions", "max Pr[pi = v]", "d_eff", "basis", "tau", "rho", "queries needed"],
    digest.certificates.map((c) => [String(c.n), c.functions, c.maxProbability.toPrecision(6), c.dimension.toPrecision(5), c.confidence === 1 ? c.method : `with confidence ${c.confidence}`, String(c.tau), String(c.rho), c.vacuous ? "vacuous: no statement" : String(c.queries)]), // prettier-ignore
  );
  const groups = new Map<string, Digest["escapes"][number][]>();
  for (const e of digest.escapes) {
    const name = `${e.n} ${e.learner} ${e.noise}`;
    groups.set(name, [...(groups.get(name) ?? []), e]);
  }
  const escapes = table(
    ["n", "learner", "sets S", "cost each", "least accuracy", "note"],
    [...groups.values()].map((group) => {
      const [e] = group;
      const answered = group.flatMap((x) => (x.accuracy === null ? [] : [x.accuracy]));
      const cost =
        e.samples === null ? `${e.queries} queries of tolerance ${e.tolerance}` : `${e.samples} samples`;
      return [
        String(e.n),
        e.learner,
        String(group.length),
        cost,
        answered.length === 0 ? "none" : Math.min(...answered).toFixed(5),
        escapeNote(e),
      ];
    }),
  );
  const runs = table(
    ["n", "S", "mu", "target", "part", "accuracy", "majority", "steps", "verdict"],
    digest.runs.map((r) => [String(r.n), `{${r.degrees.join(",")}}`, r.mu.toFixed(2), r.easy ? "easy twin" : "hard", r.role, `${r.accuracy.toFixed(4)} ± ${r.standardError.toFixed(4)}`, r.baseline.toFixed(4), String(r.steps), r.verdict]), // prettier-ignore
  );
  const list = (items: readonly string[]): string =>
    `<ul>${items.map((i) => `<li>${escape(i)}</li>`).join("")}</ul>`;
  const rates = digest.stepsPerSecond.map((r) => r.rate).filter((r) => r > 0);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>equihard: how hard is it to learn a GNN's degree parity?</title>
<style>
:root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--soft:#5c5f66;--line:#d9dce1}
@media (prefers-color-scheme:dark){:root{--ink:#e7e8ea;--paper:#15171a;--soft:#a3a8b0;--line:#34383e}}
body{font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.15rem;margin:0 0 .5rem}figure{margin:2.5rem 0}figcaption{color:var(--soft);font-size:.92rem;max-width:46rem}
svg{max-width:100%;height:auto}table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.3rem .7rem;border-bottom:1px solid var(--line);white-space:nowrap}.scroll{overflow-x:auto}
.lead{font-size:1.08rem}code{font-size:.9em}details{margin:1.5rem 0}section{margin-top:2.5rem}td:last-child{white-space:normal}summary{cursor:pointer}
</style></head><body>
<h1>How hard is it to learn a graph network's degree parity?</h1>
<p class="lead">${escape(headline(digest))}</p>
<p>A graph on n nodes; a hidden set S of degrees; the label says whether the number of nodes with degree in S is even.
A two-layer graph network computes it exactly. Easy twin: whether that number is at least its median, same S.</p>
<section><h2>Summary</h2>${table(summary.head, summary.rows)}</section>
${figures.map(figure).join("\n")}
<section><h2>What theory certifies at these sizes</h2><p>A statistical-query learner that is guaranteed correlation above rho with every member needs more than
tau² (d_eff − 1/rho²) queries of tolerance tau. “vacuous” means that the bound says nothing there.</p>${certificates}</section>
<section><h2>Who does learn it</h2>${escapes}</section>
<section><h2>Checks</h2>${list(checks(digest))}</section>
<details><summary>All runs</summary>${runs}</details>
<section><h2>Provenance</h2>${list([
    `Scale ${context.scale}; ${digest.versions.join(", ")}; ${digest.machines.join(", ")}.`,
    rates.length === 0 ? "No training rate was measured." : `Training steps per second, sampling included: ${Math.min(...rates).toFixed(0)} to ${Math.max(...rates).toFixed(0)}.`, // prettier-ignore
    context.leftOut.length === 0 ? "Nothing was left out." : `Left out to keep the time limit: ${context.leftOut.join("; ")}.`, // prettier-ignore
    "Learned: accuracy above 0.95. At chance: the 99 % interval of the accuracy holds the majority baseline. Seeds, options and hashes: records.jsonl.",
  ])}</section>
</body></html>
`;
}
