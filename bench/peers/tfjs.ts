/** TensorFlow.js on WebAssembly, one thread, in a process of its own, from the folder `TFJS` names or this project's packages. */

import { peerScript, startProcess, type ProcessContender } from "./process.ts";

export const tfjsHint =
  "npm install --no-save @tensorflow/tfjs @tensorflow/tfjs-backend-wasm (in another folder: TFJS=FOLDER)";

/** The pinned step on a workload's folder; null where the packages are not installed. */
export const tfjs = (folder: string): Promise<ProcessContender | null> =>
  startProcess("TensorFlow.js WebAssembly", process.execPath, [peerScript("gnn_tfjs.mjs"), folder, process.env["TFJS"] ?? process.cwd()], 1); // prettier-ignore
