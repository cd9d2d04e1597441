// Puts files that processes mostly load together into one. esbuild makes a file for every set of imports that share
// some code, hundreds in all, most of a few lines, and to find, read and link a file takes as long as to read many lines.
import { createHash } from "node:crypto";
import { basename } from "node:path";

/** How many bytes a process reads in the time that a file costs beside its length, as measured. */
const fileInBytes = 10_000;

/** The same of a package that a file imports, which are large. */
const packageInBytes = 200_000;

/**
 * @param bundle of esbuild
 * @param built what it gave with `splitting` and `metafile`, but did not write
 * @returns the files to write: text by name
 */
export async function gathered(bundle, { outputFiles, metafile }) {
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const files = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [basename(path), fileOf(output)]),
  );
  for (const [name, text] of texts) noteAsked(name, text, files);
  const groups = grouped(files);
  const names = namesOf(groups, files);
  const { outputFiles: written } = await bundle({
    entryPoints: groups.map((_, g) => `${g}`),
    outdir: "/",
    bundle: true,
    write: false,
    minifyWhitespace: true,
    plugins: [joining(groups, names, files, texts)],
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "error",
  });
  return new Map(written.map(({ path, text }) => [names[Number(basename(path, ".js"))], text]));
}

/** What there is to know of a file: its length, names, the files it imports, and whether it is imported as it is. */
function fileOf({ bytes, exports, imports, entryPoint }) {
  const at = imports.filter(({ kind }) => kind === "import-statement");
  const packages = at.filter(({ path, external }) => external && !path.startsWith("node:"));
  const own = (of) => of.filter(({ external }) => !external).map(({ path }) => basename(path));
  return {
    bytes: bytes + packageInBytes * packages.length,
    exports,
    needs: own(at),
    later: own(imports.filter(({ kind }) => kind === "dynamic-import")),
    entry: entryPoint !== undefined,
    asked: [],
  };
}

/** Notes of other files which of their names this one imports. */
function noteAsked(name, text, files) {
  for (const [, names, from] of text.matchAll(/\b(?:import|export)\{([^}]*)\}from"\.\/([^"]+)"/g))
    for (const part of names.split(","))
      files.get(from).asked.push({ by: name, name: part.split(" as ")[0] });
}

/** Every file that comes with one. */
function withNeeds(name, files, into = new Set()) {
  if (into.has(name)) return into;
  into.add(name);
  for (const other of files.get(name).needs) withNeeds(other, files, into);
  return into;
}

/** Of every entry the files that are there already wherever it is imported: none, where it is what is started. */
function thereBefore(entries, all, files) {
  const importers = new Map(entries.map((entry) => [entry, []]));
  for (const entry of entries)
    for (const name of all.get(entry))
      for (const later of files.get(name).later) importers.get(later).push(entry);
  const there = new Map(
    entries.map((entry) => [entry, new Set(importers.get(entry).length === 0 ? [] : files.keys())]),
  );
  for (let changed = true; changed;) {
    changed = false;
    for (const [entry, before] of there)
      for (const name of before)
        if (importers.get(entry).some((by) => !all.get(by).has(name) && !there.get(by).has(name)))
          changed = before.delete(name);
  }
  return there;
}

/**
 * What each entry loads and what is there then, and the weight of a byte of it: the less a process has to load, the
 * more each counts.
 */
function loads(files) {
  const entries = [...files.keys()].filter((name) => files.get(name).entry);
  const all = new Map(entries.map((entry) => [entry, withNeeds(entry, files)]));
  const there = thereBefore(entries, all, files);
  return entries.map((entry) => {
    const loaded = new Set([...all.get(entry)].filter((name) => !there.get(entry).has(name)));
    const whole = new Set([...loaded, ...there.get(entry)]);
    const bytes = [...whole].reduce((sum, name) => sum + fileInBytes + files.get(name).bytes, 0);
    return { loaded, whole, weight: 1 / bytes };
  });
}

/** Joins files two by two, as long as that saves time: first what saves most. What is imported as it is stays alone. */
function grouped(files) {
  const all = [...files.keys()];
  const every = loads(files);
  const having = (part, name) => new Set(every.filter((load) => load[part].has(name)));
  const single = all
    .filter((name) => !files.get(name).entry)
    .map((name) => ({
      members: [name],
      bytes: files.get(name).bytes,
      loading: having("loaded", name),
      holding: having("whole", name),
    }));
  const groupOf = new Map(single.map((group) => [group.members[0], group]));
  const needsOf = ({ members }) =>
    members.flatMap((name) => files.get(name).needs.map((n) => groupOf.get(n)));
  const pair = (a, b) => ({ a, b, gain: gain(a, b) });
  let pairs = single.flatMap((a, i) => single.slice(i + 1).map((b) => pair(a, b)));
  for (;;) {
    pairs = pairs.filter((p) => p.gain > 0).sort((p, q) => q.gain - p.gain);
    const best = pairs.find(({ a, b }) => fit(a, b, needsOf) && fit(b, a, needsOf));
    const groups = new Set(groupOf.values());
    if (best === undefined)
      return [
        ...all.filter((name) => files.get(name).entry).map((name) => [name]),
        ...[...groups].map(({ members }) => members.sort()),
      ];
    const joined = joinedOf(best.a, best.b);
    for (const name of joined.members) groupOf.set(name, joined);
    for (const old of [best.a, best.b]) groups.delete(old);
    pairs = pairs.filter((p) => groups.has(p.a) && groups.has(p.b));
    for (const other of groups) pairs.push(pair(joined, other));
  }
}

const joinedOf = (a, b) => ({
  members: [...a.members, ...b.members],
  bytes: a.bytes + b.bytes,
  loading: new Set([...a.loading, ...b.loading]),
  holding: new Set([...a.holding, ...b.holding]),
});

/** What it saves to have two in one: a file for all who load both, less what the others load in vain. */
function gain(a, b) {
  let saved = 0;
  for (const load of a.loading) saved += load.weight * (b.loading.has(load) ? fileInBytes : -b.bytes);
  for (const load of b.loading) if (!a.loading.has(load)) saved -= load.weight * a.bytes;
  return saved;
}

/**
 * Whether who loads `other` can load `group` with it: has all that this needs, and this does not need the other by way
 * of a third, which would then need what needs it.
 */
function fit(group, other, needsOf) {
  const seen = new Set(needsOf(group).filter((need) => need !== group && need !== other));
  for (const need of seen) for (const load of other.loading) if (!need.holding.has(load)) return false;
  for (const need of seen)
    for (const next of needsOf(need)) {
      if (next === other) return false;
      seen.add(next);
    }
  return true;
}

/** The groups' names: those of other builds are others. What is started as it is keeps its own. */
function namesOf(groups, files) {
  const later = new Set([...files.values()].flatMap((file) => file.later));
  const build = createHash("sha256").update(JSON.stringify(groups)).digest("hex").slice(0, 8);
  return groups.map(([name], g) => (files.get(name).entry && !later.has(name) ? name : `${build}-${g}.js`));
}

/** The names under which each group exports what others ask of its members: "name there, name here" of every member. */
function exportsOf(groups, files) {
  return groups.map((members) => {
    const taken = new Set();
    const free = (given) => {
      let name = given;
      for (let i = 2; taken.has(name); i++) name = `${given}$${i}`;
      taken.add(name);
      return name;
    };
    const outside = ({ by }) => !members.includes(by);
    const shown = ({ entry, exports, asked }) =>
      entry ? exports : new Set(asked.filter(outside).map(({ name }) => name));
    return new Map(
      members.map((member) => [member, [...shown(files.get(member))].map((name) => [name, free(name)])]),
    );
  });
}

/** esbuild's plugin: it is given the groups by their numbers, and what they import of other groups stays outside. */
function joining(groups, names, files, texts) {
  const groupOf = new Map(groups.flatMap((members, g) => members.map((name) => [name, g])));
  const given = exportsOf(groups, files);
  const forward = (pairs, from) => `export{${pairs.map(([a, b]) => `${a} as ${b}`).join()}}from"./${from}";`;
  return {
    name: "joining",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, ({ path, kind, importer, namespace }) => {
        if (kind === "entry-point") return { path, namespace: "group" };
        const name = path.slice(2);
        const to = namespace === "outside" || !path.startsWith("./") ? undefined : groupOf.get(name);
        if (to === undefined) return { path, external: true };
        if (kind === "dynamic-import") return { path: `./${names[to]}`, external: true };
        const from = namespace === "group" ? Number(importer) : groupOf.get(importer);
        return from === to
          ? { path: name, namespace: "member" }
          : { path: name, namespace: "outside", sideEffects: false };
      });
      onLoad({ filter: /./, namespace: "group" }, ({ path }) => ({
        contents: [...given[path]].map(([name, pairs]) => forward(pairs, name)).join(""),
      }));
      onLoad({ filter: /./, namespace: "member" }, ({ path }) => ({ contents: texts.get(path) }));
      onLoad({ filter: /./, namespace: "outside" }, ({ path }) => {
        const to = groupOf.get(path);
        const back = given[to].get(path).map((pair) => pair.toReversed());
        return { contents: forward(back, names[to]) };
      });
    },
  };
}
