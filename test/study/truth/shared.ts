/** What any study may say: whose work it is, a family at one size, a group. */

import type { Entry } from "../../../src/base/reference.ts";
import { entries } from "../../../src/report/references.ts";
import { studies } from "../../../src/study/registry.ts";
import { different, rule, type Rule, type Told } from "./rule.ts";

/** The bibliography, and what studies bring of their own. */
const works: readonly Entry[] = [
  ...Object.values(entries),
  ...studies.flatMap(({ recipe }) => recipe?.references ?? []).filter((r) => typeof r !== "string"),
];

/** Whether the bibliography has a work of these authors, the first ones of all, and this year. */
const cited = (names: readonly string[], year: string): boolean =>
  works.some(({ fields }) => {
    const authors = (fields["author"] ?? "").split(" and ").map((author) => author.split(", ")[0]);
    return fields["year"] === year && names.every((name, i) => authors[i] === name);
  });

export const sharedRules = ({ own }: Told): Rule[] => {
  const params = own.map(({ task }) => task);
  const text = JSON.stringify(own.map((r) => [r.task, r.result]));
  const groups = different(text.match(/(?<=")[a-z-]+:\d+(?:x[a-z]+:\d+)*(?=")/g) ?? []);
  return [
    {
      pattern: /([A-Z]\w+)((?:, [A-Z]\w+)*(?: and [A-Z]\w+)?(?: et al\.)?) (20\d\d)/g,
      again(name, others, year) {
        const names = [name, ...(others.match(/[A-Z]\w+/g) ?? [])];
        return cited(names, year) ? `${name}${others} ${year}` : undefined;
      },
    },
    {
      pattern: /([a-z]+(?:-[a-z]+)+)((?:, [a-z]+ = [\w:.-]*\w)+)/g,
      again(family, sizes) {
        const named = sizes
          .slice(2)
          .split(", ")
          .map((p) => p.split(" = "));
        const known = params.some(
          (t) => t.family === family && named.every(([k, v]) => String(t.params[k]) === v),
        );
        return known ? `${family}${sizes}` : undefined;
      },
    },
    ...groups.sort((a, b) => b.length - a.length).map((group) => rule(group, () => [])),
  ];
};
