import { defineConfig } from "vitest/config";
import LongestFirst from "./test/order.ts";

const full = process.env["TEST_SUITE"] === "full";
const [long, timed] = ["test/**/*.full.test.ts", "test/**/*.timed.full.test.ts"];

/** Milliseconds after which a test or its set-up is given up: what measures time is a timed suite. */
const patience = 600_000;

export default defineConfig({
  test: {
    testTimeout: patience,
    hookTimeout: patience,
    expect: { poll: { timeout: patience / 2 } },
    setupFiles: ["test/setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    maxConcurrency: 8, // tests of one file that mostly wait, each for something else
    // No file keeps state (test/house.test.ts), so the quick files share what they import.
    isolate: full,
    sequence: { sequencer: LongestFirst },
    reporters: ["default", "./test/count-reporter.ts"],
    projects: full
      ? [
          { extends: true, test: { name: "long", include: [long], exclude: [timed] } },
          // after the others, and alone: what else is at work would be measured with them
          {
            extends: true,
            test: { name: "timed", include: [timed], maxWorkers: 1, sequence: { groupOrder: 1 } },
          },
        ]
      : [{ extends: true, test: { name: "quick", include: ["test/**/*.test.ts"], exclude: [long] } }],
  },
});
