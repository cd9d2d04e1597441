// `node scripts/loaders.mjs DIST`: writes into a build what loads each family and each learner by its id alone, as
// family/loaders.js and learner/loaders.js. The registries are the only lists of them.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const dist = resolve(process.argv[2]);
const built = (file) => import(pathToFileURL(join(dist, file)).href);

/** Of what a registry imports and lists: the id, the name and the file. */
async function listed(registry, list) {
  const all = (await built(registry))[list];
  const found = [];
  for (const [, name, path] of readFileSync(join(dist, registry), "utf8").matchAll(
    /import \{ (\w+) \} from "(\.[^"]+)"/g,
  )) {
    const value = (await built(join(dirname(registry), path)))[name];
    if (all.includes(value)) found.push({ id: value.id, name, path });
  }
  if (found.length < all.length) throw new Error(`${registry} has what it does not import by name`);
  return found;
}

function write(file, name, entries) {
  const lines = entries.map(
    (e) => `  ${JSON.stringify(e.id)}: async () => (await import(${JSON.stringify(e.path)})).${e.name},\n`,
  );
  writeFileSync(join(dist, file), `export const ${name} = {\n${lines.join("")}};\n`);
}

const families = [
  ...(await listed("family/registry.js", "families")),
  ...(await listed("family/neighbours.js", "neighbours")),
];
write("family/loaders.js", "familyLoaders", families);
write("learner/loaders.js", "learnerLoaders", await listed("learner/registry.js", "learners"));
