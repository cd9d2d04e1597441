/** Sizes at which studies run `curve-parity`. */

import type { Settings } from "../settings.ts";

export const settings: Settings = {
  certified: [{ n: 10 }, { n: 40, size: 10 }, { n: 200 }],
};
