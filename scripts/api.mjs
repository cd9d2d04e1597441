// `npm run api`: the reference of the package's doors, from their docstrings, as Markdown in docs/api, which is not
// kept in the repository: a page a door, under the name that it is imported by. The lab's site has it, too.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Application, Comment } from "typedoc";

const root = fileURLToPath(new URL("..", import.meta.url));
const { name, exports: doors } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);
/** By source file the name that an import says. */
const importedAs = new Map(
  Object.entries(doors)
    .filter(([, path]) => path.endsWith(".js"))
    .map(([door, path]) => [
      path.replace("./dist/", "src/").replace(/\.js$/, ".ts"),
      door.replace(/^\./, name),
    ]),
);

/** What the comment at a file's head says. */
function headerOf(file) {
  const [, comment = ""] = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(file, "utf8")) ?? [];
  return comment.replace(/^ *\* ?/gm, "").trim();
}

process.chdir(root);
const app = await Application.bootstrapWithPlugins({
  name,
  entryPoints: [...importedAs.keys()],
  plugin: ["typedoc-plugin-markdown"],
  tsconfig: "tsconfig.types.json",
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
  outputFileStrategy: "modules",
  flattenOutputFiles: true,
  useHTMLAnchors: true,
  groupOrder: ["Functions", "Variables", "*"],
  sanitizeComments: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
});
const project = await app.convert();
if (project === undefined) throw new Error("the reference cannot be written");
for (const door of project.children) {
  const source = [`src/${door.name}.ts`, `src/${door.name}/index.ts`].find((file) => importedAs.has(file));
  door.name = importedAs.get(source);
  door.comment = new Comment([{ kind: "text", text: headerOf(source) }]);
}
await app.generateOutputs(project);
process.exitCode = app.logger.hasErrors() ? 1 : 0;
