// The report page's own script, packed into an element of the page: src/report/live/page.ts with what it draws with.
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Unpacks the script and runs it; the page is read meanwhile. */
const START = `(async()=>{const b=Uint8Array.from(atob(document.getElementById("script").textContent),c=>c.charCodeAt(0));
const s=document.createElement("script");s.textContent=await new Response(new Blob([b]).stream()
.pipeThrough(new DecompressionStream("gzip"))).text();document.head.append(s)})()`;

/** The elements, as text. */
export async function liveScript(root) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["src/report/live/page.ts"],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
    logLevel: "error",
  });
  const packed = gzipSync(outputFiles[0].contents, { level: 9 }).toString("base64");
  return `<script type="text/plain" id="script">${packed}</script>\n<script>${START}</script>\n`;
}
