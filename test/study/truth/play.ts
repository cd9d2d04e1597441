import { allComputed } from "./computed.ts";
import { rule, type Truth } from "./rule.ts";

interface Game {
  readonly family: { readonly id: string; readonly params: Readonly<Record<string, unknown>> };
  readonly tau: number;
  readonly functions: number;
  readonly population: number;
  readonly lambda: number;
  readonly excludedPerQuery: number;
  readonly vacuous: boolean;
  readonly runs: readonly {
    readonly strategy: string;
    readonly queries: number;
    readonly survivors: number;
  }[];
}

const names: Record<string, string> = {
  gradient: "gradient descent",
  random: "random features",
  "low-degree": "low-degree terms",
  greedy: "greedy",
};

export const play: Truth = {
  rules(told) {
    const games = allComputed<Game>(told);
    const of = (family: string): Game | undefined => games.find((g) => g.family.id === family);
    return [
      rule("The adversary leaves {} of {} functions of {} after {} queries of tolerance {}$", (...said) => {
        const game = of(said[2]);
        if (game === undefined) return undefined;
        const { runs, functions, family, tau } = game;
        const least = runs.reduce((a, b) => (b.survivors < a.survivors ? b : a));
        return [least.survivors, functions, family.id, least.queries, tau];
      }),
      rule(
        [
          "fits it. {} functions of {} {{}} under the uniform law on {} drawn examples: the largest eigenvalue is at",
          "most {}, so that a query excludes at most {} functions, the dashed line. Survivors: {}.",
        ].join(" "),
        (...said) => {
          const game = of(said[1]);
          if (game === undefined || game.vacuous) return undefined;
          const { functions, family, population, lambda, excludedPerQuery, runs } = game;
          // no more than 1/tau^2 times the eigenvalue can be told apart by one answer
          if (excludedPerQuery > lambda / game.tau ** 2) return undefined;
          return [
            functions,
            family.id,
            JSON.stringify(family.params).slice(1, -1),
            population.toLocaleString("en"),
            lambda.toPrecision(4),
            excludedPerQuery,
            runs.map((r) => `${names[r.strategy]} ${r.survivors} after ${r.queries}`).join("; "),
          ];
        },
      ),
    ];
  },
};
