/** Puts scripts and styles into the page, with a policy that allows just these. */

import { createHash } from "node:crypto";
import type { Plugin } from "vite";
import { meta, policyOf } from "./policy.ts";

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

export const oneFile = (): Plugin => ({
  name: "one file",
  apply: "build",
  enforce: "post",
  generateBundle: {
    order: "post", // after Vite has finished its own scripts
    handler(_, bundle) {
      const parts = Object.values(bundle);
      // a script ends at the first "</script", wherever that stands
      const script = parts
        .flatMap((part) => (part.type === "chunk" ? [part.code] : []))
        .join("\n")
        .replaceAll("</script", "<\\/script");
      const assets = parts.flatMap((part) => (part.type === "asset" ? [part] : []));
      const style = assets.flatMap((a) => (a.fileName.endsWith(".css") ? [String(a.source)] : [])).join("\n");
      const page = assets.find((a) => a.fileName.endsWith(".html"));
      if (page === undefined) throw new Error("there is no page to put the scripts into");
      const rest = String(page.source)
        .replace(/<script type="module"[^>]*><\/script>/g, "")
        .replace(/<link rel="stylesheet"[^>]*>/g, "");
      const policy = meta(policyOf(hash(script), "blob:", hash(style)));
      page.source = rest
        .replace("<head>", () => `<head>${policy}`)
        .replace("</head>", () => `<style>${style}</style></head>`)
        .replace("</body>", () => `<script type="module">${script}</script></body>`);
      for (const [name, part] of Object.entries(bundle)) if (part !== page) delete bundle[name];
    },
  },
});
