/** What the page may do, said in the page itself: no script but its own, and nothing from elsewhere. */

import type { Plugin } from "vite";

/** The policy of a page whose scripts are these sources. */
export const policyOf = (scripts: string, workers = "'self'", styles = "'self'"): string =>
  [
    "default-src 'none'",
    `script-src ${scripts} 'wasm-unsafe-eval'`,
    `worker-src ${workers}`,
    `style-src ${styles}`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

export const meta = (content: string): string =>
  `<meta http-equiv="Content-Security-Policy" content="${content}">`;

export const policy = (): Plugin => ({
  name: "content security policy",
  apply: "build",
  transformIndexHtml: (html) => html.replace("<head>", `<head>${meta(policyOf("'self'"))}`),
});
