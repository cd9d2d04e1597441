import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The suites that take minutes, longest first. The first of the lab's builds the lab, beside one that does not need it. */
const long = [
  "lab/page",
  "cli/reproduce",
  "slurm/sweeps",
  "lab/copies",
  "docs/pages",
  "lab/load",
  "report/page",
  "package/tarball",
  "query/verify",
  "cli/disturbed",
  "study/play/study",
  "sweep/fuzz",
  "cli/sweep",
  "cli/run-folder",
];

/** Of two workers, neither shall be at a long suite when the other has nothing left: those begin first. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = long.findIndex((name) => moduleId.endsWith(`/test/${name}.full.test.ts`));
      return at < 0 ? long.length : at;
    };
    const bySize = await super.sort(files); // timed ones are after all others, and stay there
    const order = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
    return bySize.sort((a, b) => order(a) - order(b) || place(a) - place(b));
  }
}
