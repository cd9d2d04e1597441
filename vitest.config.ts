import { defineConfig } from "vitest/config";

const full = process.env["TEST_SUITE"] === "full";

export default defineConfig({
  test: {
    include: full ? ["test/**/*.full.test.ts"] : ["test/**/*.test.ts"],
    exclude: full ? [] : ["test/**/*.full.test.ts"],
    testTimeout: full ? 600_000 : 60_000,
    setupFiles: ["test/setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    // No file keeps state (test/house.test.ts), so the quick files share what they import.
    isolate: full,
    reporters: ["default", "./test/count-reporter.ts"],
  },
});
