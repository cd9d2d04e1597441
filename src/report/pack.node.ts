/** Text packed for a page: a tenth of its size, and unpacked by the browser itself. */

import { gzipSync } from "node:zlib";

/** gzip in base64. */
export const pack = (text: string): string => gzipSync(text, { level: 9 }).toString("base64");
