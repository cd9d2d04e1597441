/** The engines that a training may be computed by; apart from them, so that options name them without loading one. */
export const engines = ["onnx", "wasm", "webgpu"] as const;
