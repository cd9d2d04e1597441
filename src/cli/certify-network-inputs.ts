/** `certify network --law file:inputs.npz|cube|erdos-renyi:P`: an architecture on inputs that are listed. */

import * as z from "zod/mini";
import { reject } from "../base/errors.ts";
import { printJson } from "../base/json.ts";
import { optionFlag, refuseUnread } from "../base/options.ts";
import { integer } from "../base/schema.ts";
import { writeNpz } from "../interop/npz.ts";
import { shownBelow } from "../numeric/rounding.ts";
import { certifyNetwork, type FoundNetworks } from "../prover/own-network.ts";
import { schema as networkSchema } from "../prover/params.ts";
import { statementFields, type CertifyFlags } from "./certify.ts";
import { failAsOption, parseOptions, parseSeed } from "./command.ts";
import { print, progress, requireWritable, writeOutFile } from "./io.ts";
import { listedInputs } from "./network-inputs.ts";

const { student, graph, group, n, d, columns, width, members } = networkSchema.shape;
const { tau, rho } = statementFields;
const architecture = { student, graph, group, n, d, columns, width };
const schema = z.strictObject({
  ...architecture,
  members,
  layers: z._default(integer(1, 16), 2),
  steps: z.optional(integer(0, 1_000_000)),
  tau,
  rho,
});

/** Options of the normal law alone. */
const others = ["orbit", "restarts", "notion", "samples"];

export async function runOnInputs(
  law: string,
  flags: CertifyFlags & Record<string, unknown>,
): Promise<number> {
  const { values: file, out } = flags as { values?: string; out?: string };
  refuseUnread(
    Object.fromEntries(others.map((name) => [name, flags[name]])),
    [],
    `networks of the law ${law}`,
  );
  const {
    members: count = 256,
    steps,
    tau: tolerance,
    rho: correlation,
    ...over
  } = parseOptions(schema, flags);
  const seed = parseSeed(flags);
  const { inputs, network, probabilities, said } = await listedInputs(law, over, seed).catch(failAsOption);
  if (file === undefined)
    return reject({
      where: "--values",
      what: "missing: the certificate is about the members' values",
      allowed: "the npz file to write them to, which verify --labels reads",
    });
  requireWritable(file, "--values");
  if (out !== undefined) requireWritable(out);
  if (count >= inputs.count)
    reject({
      where: optionFlag("members"),
      what: `${count} networks on ${inputs.count} inputs`,
      allowed: "fewer than inputs",
    });
  const asked = { tau: tolerance, rho: correlation, ...(steps === undefined ? {} : { steps }) };
  const bar = progress(flags);
  const found = await certifyNetwork(network, inputs, {
    members: count,
    seed,
    ...asked,
    ...(probabilities === undefined ? {} : { probabilities }),
    onProgress: (fraction, text) => bar.report({ text, fraction }),
  });
  bar.end();
  writeOutFile(file, await valuesOf(found), "--values");
  if (out !== undefined) writeOutFile(out, `${printJson(found.certificate)}\n`);
  const { formatCertificate } = await import("../family/certificate-text.ts");
  print(flags, found.certificate, () =>
    [formatCertificate(found.certificate), "", `The inputs given: ${said}`, searched(found)].join("\n"),
  );
  return 0;
}

const searched = ({ search: { steps, start, end } }: FoundNetworks): string =>
  [
    `The search raised the dimension from ${shownBelow(start, 4)} at random weights to ${shownBelow(end, 4)},`,
    `by ${steps} gradient steps.`,
  ].join(" ");

/** `labels`, a row a member, and `weights` likewise. */
function valuesOf({ labels, weights }: FoundNetworks): Promise<Uint8Array> {
  const { functions, samples, values } = labels;
  const rows = weights.map((own) => Object.values(own).flatMap((x) => Array.from(x)));
  return writeNpz({
    labels: { shape: [functions, samples], data: values },
    weights: { shape: [functions, rows[0].length], data: Float32Array.from(rows.flat()) },
  });
}
