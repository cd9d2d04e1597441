/** What any study may say: whose work it is, a family at one size, a group. */

import { entries } from "../../../src/report/references.ts";
import { different, rule, type Rule, type Told } from "./rule.ts";

/** Family names of a work's authors, and its year, as the bibliography has them. */
const cited = (name: string, year: string): boolean =>
  Object.values(entries).some(
    ({ fields }) => fields.year === year && fields.author.split(" and ")[0].split(", ")[0] === name,
  );

export const sharedRules = ({ own }: Told): Rule[] => {
  const params = own.map(({ task }) => task);
  const text = JSON.stringify(own.map((r) => [r.task, r.result]));
  const groups = different(text.match(/(?<=")[a-z-]+:\d+(?:x[a-z]+:\d+)*(?=")/g) ?? []);
  return [
    {
      pattern: /([A-Z]\w+)((?:, [A-Z]\w+)*(?: and [A-Z]\w+)?(?: et al\.)?) (20\d\d)/g,
      again: (name, others, year) => (cited(name, year) ? `${name}${others} ${year}` : undefined),
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
