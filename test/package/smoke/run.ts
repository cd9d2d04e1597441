// A run folder: certificates of a family of one's own and of a built-in one, made by worker processes, and what to cite.
import { familyById } from "equihard";
import { bibtex, builtIn, certificateTask, openStore, referencesOf, runTasks } from "equihard/node";
import { family } from "./family.js";

const tasks = [
  certificateTask(family, { d: 20 }),
  certificateTask(familyById("gnn-degree-parity"), { n: 5 }),
];
const store = openStore("own-run");
const { finished, failed } = await runTasks(tasks, {
  store,
  workers: 2,
  program: new URL("./worker.js", import.meta.url),
  signal: new AbortController().signal,
  onEvent: () => {},
});
const families = [...builtIn.families, family];
const cited = bibtex(referencesOf(store.records(), { ...builtIn, families }));
console.log(JSON.stringify({ finished, failed, cited: /@misc\{nobody2026,/.test(cited) }));
