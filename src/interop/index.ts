/** Files of other programs' formats, bytes in and bytes out: trained students as safetensors, any network as ONNX. */

export { lowerToOnnx } from "../engine/lower/lower.ts";
export { loadWeights, saveWeights, type StoredStudent } from "./weights.ts";
export { readSafetensors, writeSafetensors, type Safetensors, type Tensor } from "./safetensors.ts";
export type { Network, Shapes, Weights } from "../network/network.ts";
export type { TrainedStudent, Unit } from "../network/trained.ts";
export type { JsonObject } from "../base/checked.ts";
export type { Json } from "../base/json.ts";
