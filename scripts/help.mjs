// `node scripts/help.mjs DIST`: asks the commands of a built program for their help and writes it into the build, as
// cli/help-pages.js. The options have one source, the schemas; printing them has to load none.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const dist = resolve(process.argv[2]);
const built = (file) => import(pathToFileURL(join(dist, file)).href);
const { commands } = await built("cli/main.js");
const { families } = await built("family/registry.js");

/** What a command prints for these words; taken off standard output, which is a pipe here. */
async function page(words) {
  const write = process.stdout.write;
  let text = "";
  process.stdout.write = (part) => ((text += part), true);
  try {
    const [name, ...rest] = words.split(" ");
    await (await commands[name].load()).run([...rest, "--help"]);
  } finally {
    process.stdout.write = write;
  }
  if (text === "") throw new Error(`equihard ${words} --help prints nothing`);
  return text;
}

/** The further pages that one speaks of: those of the families, and other commands with their help. */
const named = (words, text) => [
  ...(text.includes(`equihard families FAMILY`) ? families.map(({ id }) => `${words} ${id}`) : []),
  ...[...text.matchAll(/equihard ([a-z -]+) --help/g)].map((match) => match[1]),
];

const pages = new Map(Object.keys(commands).map((name) => [name, ""]));
for (const words of pages.keys()) {
  const text = await page(words);
  pages.set(words, text);
  for (const other of named(words, text)) if (!pages.has(other)) pages.set(other, "");
}
const text = JSON.stringify(Object.fromEntries(pages), null, 1);
writeFileSync(join(dist, "cli", "help-pages.js"), `export const helpPages = ${text};\n`);
