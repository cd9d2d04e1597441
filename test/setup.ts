// Property tests draw the same cases on every run; EQUIHARD_FUZZ_SEED explores others.
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env["EQUIHARD_FUZZ_SEED"] ?? 20240101) });
