import { expect, it } from "vitest";
import { runNow } from "../../src/base/progress.ts";
import { generatedGroup } from "../../src/symmetry/groups.ts";
import { exactQuotient, subsetsFixedBy } from "../../src/symmetry/orbit-count.ts";
import { joinedSubsetOrbits } from "../../src/symmetry/subset-orbits.ts";
import { publishedGenerators } from "./cycles.ts";

it("M24: joining all subsets, and running through the group, give the same orbits", () => {
  const m24 = generatedGroup("M24", 24, publishedGenerators("M24"));
  const { terms, order } = m24.cycleIndex();
  const joined = Array.from({ length: 13 }, (_, k) => runNow(joinedSubsetOrbits(m24, k)));
  const counted = joined.map((_, k) =>
    exactQuotient(
      terms.reduce((sum, { cycles, count }) => sum + count * subsetsFixedBy(cycles, k), 0n),
      order,
    ),
  );
  expect(joined).toEqual(counted);
  // five times transitive; two orbits on sets of six, five on sets of twelve (Conway and Sloane, chapter 11)
  expect(joined.map(Number)).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 5]);
});
