/** `npm run bench`: the pinned training step against its peers, and the project's other speeds. See `--help`. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median } from "../src/base/statistics.ts";
import { closing, cpuRatio, deviation, race, type Timing } from "./contender.ts";
import { batchedSeeds, batchedTable } from "./batched.ts";
import { cyclicRace, cyclicRow, cyclicStudents, cyclicTrajectory } from "./cyclic.ts";
import { ensemble, runSeeds, seeds } from "./ensemble.ts";
import { gramRace, gramRow, numpyHint } from "./gram.ts";
import { jobs, jobsTable, timeJob, type JobTime } from "./jobs.ts";
import { kernelNote, measurable, measureBlas, type Blas } from "./peers/blas.ts";
import { equihard } from "./peers/equihard.ts";
import { onnxByHand } from "./peers/onnx-by-hand.ts";
import { frameAveragedProfile, pinnedProfile, profileTable } from "./profile.ts";
import { productsName, productsOf } from "./products.ts";
import { tfjs, tfjsHint } from "./peers/tfjs.ts";
import { torch, torchHint } from "./peers/torch.ts";
import { transformSpeed } from "./memory.ts";
import { chart, machine, markdown, type Race, type Row } from "./report.ts";
import { certificate, compilation, flops, largeSampling, normalCost, runCertificate, sampling, scaling, type Scaling } from "./sections.ts"; // prettier-ignore
import { helpRows, startup } from "./startup.ts";
import { sweepRows, sweepSpeed } from "./sweep.ts";
import { exportWorkload, pinned, workload } from "./workload.ts";

const program = fileURLToPath(import.meta.url);
const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    out: { type: "string", default: "bench/results" },
    jobs: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
    certificate: { type: "boolean", default: false }, // the program starts itself with these two
    seeds: { type: "string" },
  },
});

const log = (text: string): void => console.error(text);
/** The same float64 trajectory from the same weights: 100 steps, largest relative difference of a loss. */
async function trajectory(): Promise<number | null> {
  const work = workload(pinned(32));
  const folder = exportWorkload(work);
  const peer = await torch("gnn_torch.py", folder, { type: "float64" });
  if (peer === null) return null;
  const own = await equihard(work, true, { type: "float64" });
  return closing([peer, own], async () => {
    const [a, b] = [await own.steps(100), await peer.steps(100)];
    rmSync(folder, { recursive: true });
    return deviation(a.losses, b.losses);
  });
}

async function pinnedRace(
  width: number,
  rounds: number,
  each: number,
  blas: Blas,
  refused: Map<string, string>,
): Promise<Race> {
  const work = workload(pinned(width));
  const folder = exportWorkload(work);
  const started = await torch("gnn_torch.py", folder, { kernel: blas.kernel });
  if (started === null) log(`PyTorch is missing: ${torchHint}`);
  const peer = await measurable(started, blas, refused);
  const wide = width === 128;
  const flow = wide ? await tfjs(folder) : null;
  if (wide && flow === null) log(`TensorFlow.js is missing: ${tfjsHint}`);
  const contenders = [
    await equihard(work, false),
    await equihard(work, true),
    await productsOf(work, false),
    await productsOf(work, true),
    await onnxByHand(work),
    ...[peer, flow].filter((p) => p !== null),
    ...(wide ? [await equihard(work, false, { backend: "wasm" })] : []),
  ];
  return closing(contenders, async () => {
    const timings = await race(contenders, rounds, each);
    rmSync(folder, { recursive: true });
    return { title: `width ${width}`, timings };
  });
}

async function ensembleRace(
  rounds: number,
  each: number,
  blas: Blas,
  refused: Map<string, string>,
): Promise<Race | null> {
  const folder = exportWorkload(workload(pinned(32)));
  const started = [];
  for (const threads of [1, 2]) {
    const peer = await torch("gnn_torch.py", folder, { kernel: blas.kernel, threads });
    started.push(await measurable(peer, blas, refused));
  }
  const peers = started.filter((p) => p !== null);
  if (peers.length === 0) return null;
  const contenders = [await ensemble(program), ...peers];
  return closing(contenders, async () => {
    const [ours, ...theirs] = await race(contenders, rounds, each);
    rmSync(folder, { recursive: true });
    // a step of the ensemble is one of every seed
    const ofSeeds = (rates: readonly number[]): number[] => rates.map((rate) => seeds * rate);
    const timings = [{ ...ours, rates: ofSeeds(ours.rates), cpuRates: ofSeeds(ours.cpuRates) }, ...theirs];
    return { title: `width 32, ${seeds} seeds: steps of a seed`, timings };
  });
}

const find = ({ timings }: Race, name: string): Timing | undefined => timings.find((t) => t.name === name);

function cpuRatioOf(r: Race, ours: string, theirs: string): number | undefined {
  const [a, b] = [find(r, ours), find(r, theirs)];
  return a === undefined || b === undefined ? undefined : cpuRatio(a, b);
}

/** Share of its ceiling, its products alone, that a step has to reach: by its width. */
const ofCeiling = { 128: 0.85, 32: 0.8 } as const;

const percent = (x: number): string => `${(100 * x).toFixed(0)} %`;

/** The ratio to PyTorch at the same arithmetic, judged by the ceiling that this run's own products set. */
function judgedByCeiling(number: number, share: number, width: keyof typeof ofCeiling): Partial<Row> {
  const [goal, ceiling] = [ofCeiling[width], number / share];
  const because = `${100 * goal} % of the ceiling, ${ceiling.toFixed(2)} x`;
  return { target: { atLeast: Number((goal * ceiling).toFixed(2)) }, because };
}

/** What of a step's time its matrix products take alone, in the same race. */
const shareOf = (r: Race, ours: string, distinctRows: boolean): number =>
  cpuRatioOf(r, ours, productsName(distinctRows)) ?? NaN;

/** The share at the same arithmetic, and on distinct rows, where the products are few. */
function ceilingRow(r: Race, width: keyof typeof ofCeiling): Row {
  const share = shareOf(r, "equihard", false);
  const distinct = shareOf(r, "equihard, distinct rows", true);
  const products = find(r, productsName(false)) as Timing;
  const gflops = (flops(pinned(width), false) * median(products.cpuRates)) / 1e9;
  const measure = `share of its ceiling, the step's products alone, width ${width}`;
  const value = `${percent(share)} (they run at ${gflops.toFixed(0)} GFLOP/s); on distinct rows ${percent(distinct)}`;
  return { measure, value, number: 100 * share, target: { atLeast: 100 * ofCeiling[width] }, unit: "%" };
}

function raceRows(wide: Race, narrow: Race): Row[] {
  const times = (r: Race, ours: string, theirs: string, measure: string, atLeast: number): Row[] => {
    const [a, b] = [find(r, ours), find(r, theirs)];
    if (a === undefined || b === undefined) return [];
    const number = cpuRatio(a, b);
    const rates = `${median(a.cpuRates).toFixed(0)} against ${median(b.cpuRates).toFixed(0)} steps/s`;
    const value = `${number.toFixed(2)} x (${rates})`;
    return [{ measure, value, number, target: { atLeast }, unit: "x" }];
  };
  const same = (r: Race, width: keyof typeof ofCeiling): Row[] =>
    times(r, "equihard", "PyTorch", `step, width ${width}, against PyTorch, same arithmetic`, 1).map(
      (row) => ({ ...row, ...judgedByCeiling(row.number, shareOf(r, "equihard", false), width) }),
    );
  return [
    ...same(wide, 128),
    ...times(wide, "equihard, distinct rows", "PyTorch", "same, on distinct rows", 10),
    ceilingRow(wide, 128),
    ...same(narrow, 32),
    ...times(narrow, "equihard, distinct rows", "PyTorch", "same, on distinct rows", 7),
    ceilingRow(narrow, 32),
    ...times(wide, "equihard", "jax-js WebAssembly", "step, width 128, against jax-js WebAssembly", 6),
    ...times(
      wide,
      "equihard",
      "TensorFlow.js WebAssembly",
      "step, width 128, against TensorFlow.js WebAssembly",
      6,
    ),
    ...times(wide, "equihard", "hand-written ONNX graph", "step, width 128, against a hand-written ONNX graph", 0.9), // prettier-ignore
    ...times(narrow, "equihard", "hand-written ONNX graph", "step, width 32, against a hand-written ONNX graph", 0.9), // prettier-ignore
  ];
}

/** How far TensorFlow.js's losses are from equihard's: it has float32 only, and its Adam rounds 1 - beta^t in it. */
function drift(wide: Race): string {
  const [own, peer] = [find(wide, "equihard"), find(wide, "TensorFlow.js WebAssembly")];
  if (own === undefined || peer === undefined) return "";
  const far = deviation(peer.losses, own.losses).toExponential(1);
  return ` The losses of TensorFlow.js's first ${own.losses.length} steps, in float32, differ by at most ${far} (relative).`;
}

/** Wall-clock time, both cores against one process after the other at its better number of threads; and processor time. */
function ensembleRow({ timings: [ours, ...peers] }: Race): Row {
  const against = (rates: "rates" | "cpuRates"): number =>
    Math.min(...peers.map((p) => median(ours[rates].map((x, i) => x / p[rates][i]))));
  const number = against("rates");
  const value = `${number.toFixed(1)} x (a seed's step takes ${against("cpuRates").toFixed(1)} x less processor time)`;
  const measure = "16 seeds, width 32, wall clock on both cores, against PyTorch one after the other";
  return { measure, value, number, target: { atLeast: 8 }, unit: "x" };
}

const scalingTable = (fits: readonly Scaling[]): string =>
  [
    "| exponent of a step's time in | arithmetic | fitted | of its operations |",
    "| --- | --- | --- | --- |",
    ...fits.map((f) => `| ${f.of} | ${f.arithmetic} | ${f.time.toFixed(2)} | ${f.operations.toFixed(2)} |`),
  ].join("\n");

async function benchJobs(): Promise<void> {
  const { quick, out } = options;
  const times: JobTime[] = [];
  for (const job of jobs(quick)) {
    log(job.name);
    times.push(await timeJob(job));
  }
  const on = machine();
  mkdirSync(out, { recursive: true });
  writeFileSync(
    join(out, "jobs.json"),
    JSON.stringify({ schema: "equihard.jobs/1", machine: on, times }, null, 1),
  );
  const text = `${jobsTable(times)}\n\n${on.processor}, load ${on.load.toFixed(1)} at the end.\n`;
  writeFileSync(join(out, "jobs.md"), text);
  console.log(text);
}

async function bench(): Promise<void> {
  const { quick, out } = options;
  const [rounds, each] = quick ? [5, 0.2] : [15, 1];
  log("trajectories");
  const courses = [await trajectory()];
  for (const student of cyclicStudents) courses.push(...(await cyclicTrajectory(student)));
  const known = courses.filter((x) => x !== null);
  const course = known.length === 0 ? null : Math.max(...known);
  log("pinned step");
  const blas = await measureBlas();
  const refused = new Map<string, string>();
  const wide = await pinnedRace(128, rounds, each, blas, refused);
  const narrow = await pinnedRace(32, rounds, each, blas, refused);
  log("ensemble");
  const many = await ensembleRace(rounds, each, blas, refused);
  log("cyclic networks");
  const cyclic: Race[] = [];
  for (const student of cyclicStudents) cyclic.push(await cyclicRace(student, rounds, each, blas, refused));
  log("profile, compilation, sampling, certificate");
  const profiles = [await pinnedProfile(128), await pinnedProfile(32), await frameAveragedProfile()];
  const start = await startup(quick ? 3 : 7);
  const seconds = await compilation(quick ? 5 : 11);
  const large = await largeSampling(quick ? 5 : 15);
  const [draw, drawAndEncode] = [await sampling(false), await sampling(true)];
  const [stepRate, narrowRate] = [wide, narrow].map((r) => median((find(r, "equihard, distinct rows") as Timing).cpuRates)); // prettier-ignore
  const normal = [await normalCost(Float32Array), await normalCost(Float64Array)];
  const exact = await certificate(program);
  const speed = transformSpeed(quick ? 20 : 22, quick ? 5 : 11);
  log("Gram matrix");
  const gram = await gramRace(quick ? 2000 : 10_000, quick ? 5 : 3, blas, refused);
  if (gram === null && !refused.has("NumPy")) log(`NumPy is missing: ${numpyHint}`);
  log("sweeps");
  const sweep = await sweepSpeed(quick);
  log("batched seeds");
  const batched = await batchedSeeds(quick);
  log("scaling");
  const fits = await scaling(quick);

  const rows: Row[] = [
    ...raceRows(wide, narrow),
    ...(many === null ? [] : [ensembleRow(many)]),
    ...cyclic.flatMap(cyclicRow),
    ...(gram === null ? [] : [gramRow(gram)]),
    ...(course === null ? [] : [{ measure: "loss over 100 float64 steps of the three networks, largest difference from PyTorch's", value: course.toExponential(1), number: course, target: { atMost: 1e-5 }, unit: "relative" }]), // prettier-ignore
    { measure: "sampling and labelling, against a step at width 128 on distinct rows", value: `${percent(draw * stepRate)} (with the encoding of distinct rows ${percent(drawAndEncode * stepRate)}; at width 32 ${percent(draw * narrowRate)} and ${percent(drawAndEncode * narrowRate)})`, number: 100 * draw * stepRate, target: { atMost: 10 }, unit: "%" }, // prettier-ignore
    { measure: "sampling and labelling of large inputs, against their step", value: `${percent(large.draw / large.step)} (${large.normals} normals in ${(1e3 * large.draw).toFixed(1)} ms, the step takes ${(1e3 * large.step).toFixed(1)} ms)`, number: (100 * large.draw) / large.step, target: { atMost: 10 }, unit: "%" }, // prettier-ignore
    { measure: "trace, lowering and session of a new architecture", value: `${(1000 * seconds).toFixed(0)} ms`, number: 1000 * seconds, target: { atMost: 150 }, unit: "ms" }, // prettier-ignore
    { measure: "exact degree-parity law, n = 15, one core", value: `${exact.seconds.toFixed(1)} s`, number: exact.seconds, target: { atMost: 4 }, unit: "s" }, // prettier-ignore
    { measure: "its memory", value: `${(exact.bytes / 2 ** 30).toFixed(2)} GiB`, number: exact.bytes / 2 ** 30, target: { atMost: 1 }, unit: "GiB" }, // prettier-ignore
    ...helpRows(start),
    ...sweepRows(sweep),
  ];
  const on = machine();
  const races = [wide, narrow, ...(many === null ? [] : [many]), ...cyclic];
  const versions = [...new Set([...(gram === null ? [] : [`NumPy ${gram.version}`]), ...races.flatMap((r) => r.timings.map((t) => (t.name.startsWith("PyTorch") ? `PyTorch ${t.version}` : t.name.startsWith("TensorFlow") ? `TensorFlow.js ${t.version}` : t.version)))])]; // prettier-ignore
  const date = new Date().toISOString().slice(0, 10);
  const disagreement = drift(wide);
  const table = markdown(rows, on, versions, date);
  const [float32, float64] = normal.map((x) => x.toFixed(1));
  const missing = [...refused].map(([name, reason]) => `${name}: ${reason}\n\n`).join("");
  const text = `${table}\n\n${missing}${kernelNote(blas)}${profileTable(profiles)}\n\n${scalingTable(fits)}\n\nA standard normal takes ${float32} ns in float32, ${float64} ns in float64. A Walsh-Hadamard transform of 2^${speed.bits} numbers takes ${speed.transform.toFixed(1)} ns a number, copying them ${speed.copy.toFixed(1)} ns.${disagreement}\n\n${batchedTable(batched)}\n`;
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "bench.json"), JSON.stringify({ schema: "equihard.bench/1", date, machine: on, versions, rows, blas, refused: Object.fromEntries(refused), races, profiles, scaling: fits, batchedSeeds: batched, normalNanoseconds: normal, walshHadamard: speed, gram }, null, 1)); // prettier-ignore
  writeFileSync(join(out, "bench.svg"), chart(races));
  writeFileSync(join(out, "bench.md"), text);
  console.log(text);
  log(`wrote bench.json, bench.svg and bench.md to ${out}`);
}

if (options.help)
  console.log(`npm run bench -- [--quick] [--jobs] [--out DIR]

Times the pinned training step (graph network of 2 message-passing layers, n = 15, batch 128, Adam) against every peer
that is installed, in turn, and the project's other speeds. --quick takes about two minutes. Writes bench.json, bench.svg
and bench.md to DIR (bench/results). --jobs times whole jobs instead (learners, the adversary, exact laws) and how their
cost grows: jobs.json and jobs.md. Peers, each optional:
  PyTorch        ${torchHint}
  TensorFlow.js  ${tfjsHint}
  NumPy          ${numpyHint}`);
else if (options.jobs) await benchJobs();
else if (options.certificate) runCertificate();
else if (options.seeds !== undefined) await runSeeds(Number(options.seeds));
else await bench();
