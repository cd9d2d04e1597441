/** Learners in programs of their own, in any language: `exec:COMMAND` speaks `equihard.oracle/1` with an oracle. */

import { encodeFloats } from "../../base/base64.ts";
import { longestLine, mostNumbers, parsePredictions, parseQuestion, type Channel } from "./protocol.ts";
import { sizeOf, slice } from "../../distribution/samples.ts";
import { mean } from "../../base/statistics.ts";
import { evaluate } from "../evaluate.ts";
import { defineLearner, type Learner, type LearnOutcome } from "../learner.ts";
import type { Answers, RemoteJob } from "./answers.ts";
import { defaultSamples } from "./options.ts";

const prefix = "exec:";

/** Whether an id names a program. */
export const isRemote = (id: string): boolean => id.startsWith(prefix) && id.trim().length > prefix.length;

/** Inputs that predictions are asked for at once. */
const testChunk = (size: number): number => Math.max(1, Math.min(2000, Math.floor(mostNumbers / size)));

/** Lets the learner ask until it is done, then has it predict; everything but the channel is here. */
export async function converse(
  channel: Channel,
  answers: Answers,
  job: RemoteJob,
  where: string,
): Promise<LearnOutcome> {
  const { instance, onProgress, signal } = job;
  await channel.send(answers.hello);
  for (;;) {
    signal?.throwIfAborted();
    const question = parseQuestion(await channel.receive(), where);
    if (question.ask === "done") break;
    await channel.send(await answers.answer(question, where));
    const { queries, samples } = answers.cost();
    onProgress?.(`${queries ?? samples} ${queries === null ? "samples" : "queries"}`, 0);
  }
  const { test } = answers;
  const predictions = new Float32Array(test.count);
  const rows = testChunk(sizeOf(test));
  for (let from = 0; from < test.count; from += rows) {
    const to = Math.min(from + rows, test.count);
    await channel.send({ count: to - from, test: encodeFloats(slice(test, from, to).data) });
    predictions.set(parsePredictions(await channel.receive(), to - from, where), from);
  }
  await channel.send({ end: true });
  const { labels, details } = answers.graded(predictions);
  const center = { value: mean(Array.from(labels)), standardError: 0 };
  return {
    ...answers.cost(),
    final: { ...evaluate(predictions, labels, instance.labels, center) },
    recovered: null,
    exact: false,
    details: { oracle: job.options.oracle, ...details },
  };
}

/** The learner that a command runs. @param id `exec:` and the command, as a shell takes it */
export function remoteLearner(id: string): Learner {
  const command = id.slice(prefix.length);
  return defineLearner({
    id,
    summary: "a learner in a program of its own, over standard input and output",
    references: [],
    access: "samples",
    rows: [{ label: id }],
    options: ["samples", "tau", "oracle", "queries", "points", "timeout"],
    budget: `${defaultSamples} samples, or --queries`,
    refusal: () => null,
    async learn(job) {
      const { answersFor } = await import("./answers.ts");
      const answers = await answersFor(job);
      const { startProgram } = await import("./program.node.ts");
      const where = `--learner ${id.length > 60 ? `${id.slice(0, 57)}...` : id}`;
      const limits = { where, seconds: job.options.timeout, longestLine };
      const program = startProgram(command, limits, job.signal);
      try {
        return await converse(program, answers, job, where);
      } finally {
        program.end();
      }
    },
  });
}
