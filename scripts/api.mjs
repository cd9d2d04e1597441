// `npm run api`: the reference of the package's doors, from their docstrings, as Markdown in docs/api, which is not kept in
// the repository.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Application } from "typedoc";

const root = fileURLToPath(new URL("..", import.meta.url));
const { exports: doors } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const entryPoints = Object.values(doors)
  .filter((path) => path.endsWith(".js"))
  .map((path) => path.replace("./dist/", "src/").replace(/\.js$/, ".ts"));

process.chdir(root);
const app = await Application.bootstrapWithPlugins({
  name: "equihard",
  entryPoints,
  plugin: ["typedoc-plugin-markdown"],
  tsconfig: "tsconfig.json",
  out: process.argv[2] ?? "docs/api",
  readme: "none",
  disableGit: true,
  disableSources: true,
  excludeExternals: true,
  excludeInternal: true,
  skipErrorChecking: true,
  validation: { notExported: true, invalidLink: true, notDocumented: false },
  logLevel: "Warn",
  fileExtension: ".md",
  hidePageHeader: true,
});
const project = await app.convert();
if (project === undefined) throw new Error("the reference cannot be written");
await app.generateOutputs(project);
process.exitCode = app.logger.hasErrors() ? 1 : 0;
