/** The command line: finds the command, loads only what it needs, turns problems into one line and an exit code. */

import { availableParallelism } from "node:os";
import { useCores } from "../base/cores.ts";
import { formatProblem, InputError, nearest, type Problem } from "../base/errors.ts";
import { version } from "../base/version.ts";
import { guardStreams, outputFailure, writeErr, writeOut } from "./streams.ts";

interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<{ run: (args: readonly string[]) => Promise<number> }>;
}

/** What the program can do; the build asks each for its help. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  families: { summary: "the hard families, with parameters and limits", load: () => import("./families.ts") },
  groups: {
    summary: "the permutation groups, named, products and from files",
    load: () => import("./groups.ts"),
  },
  learners: { summary: "the learners", load: () => import("./learners.ts") },
  certify: {
    summary: "how many queries learners need at least: a certificate",
    load: () => import("./certify.ts"),
  },
  verify: { summary: "check a certificate by an independent route", load: () => import("./verify.ts") },
  gram: { summary: "inner products of explicitly given members", load: () => import("./gram.ts") },
  budget: { summary: "a training budget held against a certificate", load: () => import("./budget.ts") },
  signal: {
    summary: "what a gradient step can see of the hidden parameters, against its bound",
    load: () => import("./signal.ts"),
  },
  train: { summary: "one gradient-descent run", load: () => import("./train.ts") },
  learn: { summary: "any learner on one instance", load: () => import("./learn.ts") },
  matrix: { summary: "families by learners: who learns what", load: () => import("./matrix.ts") },
  play: {
    summary: "a learner against the adversarial oracle: surviving functions",
    load: () => import("./play.ts"),
  },
  reduce: {
    summary: "hypergraph 2-colouring as fitting a small threshold GNN",
    load: () => import("./reduce.ts"),
  },
  lab: { summary: "the lab in the browser", load: () => import("./lab.ts") },
  reproduce: { summary: "the main job: everything into one report", load: () => import("./reproduce.ts") },
  figure: { summary: "one figure of a run, redrawn", load: () => import("./figure.ts") },
  sweep: { summary: "experiments described in a file", load: () => import("./sweep.ts") },
  resume: { summary: "goes on with the sweep of a run folder", load: () => import("./resume.ts") },
  status: { summary: "what of a run folder is done", load: () => import("./status.ts") },
  logs: { summary: "what pilots and failed attempts of a run folder said", load: () => import("./logs.ts") },
  cancel: { summary: "ends a run's workers and jobs", load: () => import("./cancel.ts") },
  report: { summary: "curves, maps, scaling and transitions of a sweep", load: () => import("./report.ts") },
  query: { summary: "SQL over the records of a run", load: () => import("./query.ts") },
  "export-runs": { summary: "records of a run for other tools", load: () => import("./export-runs.ts") },
  worker: { summary: "does what is open in a run folder", load: () => import("./worker.ts") },
  sample: { summary: "a few labelled examples, for people", load: () => import("./sample.ts") },
  export: {
    summary: "data sets, teachers and students for other frameworks",
    load: () => import("./export.ts"),
  },
  schema: { summary: "JSON Schema of every document and table", load: () => import("./schema.ts") },
  score: {
    summary: "grades predictions, and where a model's transition lies",
    load: () => import("./score.ts"),
  },
  diagnose: {
    summary: "what of your own labels correlations can see, and what needs another statistic",
    load: () => import("./diagnose.ts"),
  },
  cite: { summary: "BibTeX for what a run used", load: () => import("./cite.ts") },
  doctor: { summary: "engine in use and optional components", load: () => import("./doctor.ts") },
};

function help(): string {
  const width = Math.max(...Object.keys(commands).map((c) => c.length));
  const lines = Object.entries(commands).map(([name, c]) => `  ${name.padEnd(width)}  ${c.summary}`);
  return `Usage: equihard COMMAND [options]

Is symmetry enough to make learning easy? Builds function classes that are hard for learners by correlations,
certifies how many queries those need, trains equivariant networks on them, and runs the learners that escape.

Commands:
${lines.join("\n")}

Options:
  --version  print the version
  --help     this text; 'equihard COMMAND --help' for a command's options, units and an example

Example:
  equihard certify gnn-degree-parity --n 12`;
}

async function dispatch(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || isHelp(name) || name === "help") {
    if (rest.length > 0) return dispatch([...rest, "--help"]);
    writeOut(`${help()}\n`);
    return 0;
  }
  if (name === "--version" || name === "-V") {
    writeOut(`${version}\n`);
    return 0;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (entry === undefined) {
    const follower = rest.find((word) => Object.hasOwn(commands, word));
    if (name.startsWith("-") && follower !== undefined)
      throw new InputError({
        where: name,
        what: "stands before the command",
        next: `options follow it: equihard ${follower} ${name}`,
      });
    const close = nearest(name, Object.keys(commands));
    const kind = name.startsWith("-") ? "option" : "command";
    throw new InputError({
      what: `unknown ${kind} "${name}"`,
      next: close === undefined ? "see 'equihard --help'" : `did you mean "${close}"?`,
    });
  }
  if (asksHelp(rest) && (await printPage(args))) return 0;
  return (await entry.load()).run(rest);
}

const isHelp = (word: string): boolean => word === "--help" || word === "-h";
const asksHelp = (words: readonly string[]): boolean => words.some(isHelp);

/**
 * Prints the help that the build has written down for these words; false where it has none, as with options among them.
 */
async function printPage(words: readonly string[]): Promise<boolean> {
  const { helpPages } = await import("./help-pages.ts");
  const name = words.filter((word) => !isHelp(word)).join(" ");
  if (!Object.hasOwn(helpPages, name)) return false;
  writeOut(helpPages[name]);
  return true;
}

/** Runs the program and sets the exit code: 0 success, 1 a negative answer, 2 bad input, 130 interrupted. */
export async function main(args: readonly string[]): Promise<void> {
  const complain = (problem: Problem): void => writeErr(`equihard: ${formatProblem(problem)}\n`);
  guardStreams(complain);
  useCores(availableParallelism()); // what is done many times over is done by other processes
  const code = await dispatch(args).catch((error: unknown) => {
    if (error instanceof InputError) {
      complain(error.problem);
      return 2;
    }
    if (error instanceof Error && error.name === "AbortError") return 130;
    const message = error instanceof Error ? error.message : String(error);
    writeErr(`equihard: internal error: ${message.split("\n")[0]}; EQUIHARD_DEBUG=1 shows where\n`);
    if (process.env["EQUIHARD_DEBUG"]) writeErr(`${(error as Error).stack}\n`);
    return 70;
  });
  process.exitCode = outputFailure() ?? code;
}
