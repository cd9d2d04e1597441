/** A version is published by a workflow that needs no secret, with provenance, and only under its own tag. */

import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";

const folder = resolve(import.meta.dirname, "../../.github/workflows");
const read = (name: string): string => readFileSync(resolve(folder, name), "utf8");

interface Workflow {
  readonly on: { readonly push: { readonly tags: readonly string[] } };
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly permissions: object; readonly steps: readonly { readonly run?: string }[] }>
  >;
}

it("is published with provenance, by a tag that is its version", () => {
  const { on, permissions, jobs } = parse(read("publish.yml")) as Workflow;
  expect(on).toEqual({ push: { tags: ["v*"] } });
  expect(permissions).toEqual({ contents: "read" });
  expect(jobs["publish"].permissions).toEqual({ contents: "read", "id-token": "write" });
  const commands = jobs["publish"].steps.flatMap(({ run }) => run ?? []);
  expect(commands.at(-1)).toMatch(/^npm publish .* --provenance\b/);
  expect(commands.findIndex((c) => c.includes("GITHUB_REF_NAME"))).toBeLessThan(commands.length - 1);
  expect(commands).toContain("npm test");
});

it("no workflow reads a secret", () => {
  for (const name of readdirSync(folder)) expect(read(name)).not.toMatch(/secrets\.|TOKEN/);
});
