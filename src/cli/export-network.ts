/** `export --format onnx|safetensors`: the teacher, or a kept student. */

import { refuseUnread } from "../base/options.ts";
import { sha256 } from "../base/sha256.ts";
import { chunk, type Source } from "../dataset/examples.ts";
import { keptStudent, networkMetadata, teacherOf } from "../dataset/network.ts";
import { isGraphs } from "../distribution/samples.ts";
import type { StudentOptions } from "../family/family.ts";
import { weightCount } from "../network/network.ts";
import type { ExportFlags } from "./export.ts";
import { print, readBytes, requireWritable, writeOutFile } from "./io.ts";
import { largestWeights } from "./weights-file.ts";

export async function exportNetwork(
  source: Source,
  format: "onnx" | "safetensors",
  sizes: Partial<StudentOptions>,
  flags: ExportFlags,
): Promise<number> {
  const { family, instance } = source;
  const { loadWeights, saveWeights } = await import("../interop/weights.ts");
  const { from } = flags;
  if (from !== undefined)
    refuseUnread({ ...sizes, easy: flags.easy }, [], "--from, whose file has its own sizes");
  const held =
    from === undefined
      ? teacherOf(source, sizes)
      : keptStudent(source, loadWeights(readBytes(from, largestWeights), from));
  const out = flags.out ?? `${family.id}.${format}`;
  requireWritable(out);
  const graphs = isGraphs(chunk(source, "", 0).samples);
  const input = { name: graphs ? "A" : "X", shape: instance.law.shape };
  const { networkOnnx } = await import("../interop/network-onnx.ts");
  const bytes =
    format === "safetensors"
      ? saveWeights(held.trained)
      : await networkOnnx(held.network, held.trained, input, networkMetadata(source, held));
  writeOutFile(out, bytes);
  const document = {
    schema: "equihard.network/1",
    family: { id: family.id, params: instance.params.json },
    seed: source.seed,
    from: from ?? "teacher",
    student: held.trained.student,
    architecture: held.network.architecture,
    weights: weightCount(held.network),
    format,
    input,
    file: out,
    bytes: bytes.length,
    sha256: sha256(bytes),
  };
  print(flags, document, () =>
    [
      `${out}: ${from === undefined ? "the teacher" : `the student of ${from}`} (${document.student}),` +
        ` ${document.weights} weights, ${bytes.length} bytes, sha256 ${document.sha256}`,
      format === "onnx"
        ? `from ${input.name} (batch, ${input.shape.join(", ")}), float32, to y (batch)`
        : "read back by 'equihard train --init' and 'equihard export --from'",
    ].join("\n"),
  );
  return 0;
}
