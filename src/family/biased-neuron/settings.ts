/** Sizes at which studies run `biased-neuron`. */

import type { Settings } from "../settings.ts";

export const settings: Settings = {
  certified: [{ d: 16 }, { d: 64, bias: 3 }, { d: 256, bias: 3 }],
};
