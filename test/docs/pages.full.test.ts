/** Every block of the README and the documentation runs as it is printed, in an empty folder a page. */

import { mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { pack, temporary } from "../package/installed.ts";
import { execute, workplace } from "./execute.ts";
import { blocksOf } from "./page.ts";
import { pages } from "./pages.ts";

const dir = temporary();
afterAll(() => rmSync(dir, { recursive: true }));
const tarball = pack(dir);

describe("the documentation", () => {
  it.each(pages)("%s", (name, text) => {
    const folder = join(dir, name.replace(/\W/g, "-"));
    mkdirSync(folder);
    const installs = text.includes(basename(tarball));
    const ran = execute(blocksOf(text), workplace(folder, installs ? tarball : undefined), false);
    expect(ran).toBe(blocksOf(text).filter(isRun).length);
  });
});

const isRun = ({ language, marks }: ReturnType<typeof blocksOf>[number]): boolean =>
  language === "sh" && !marks.has("by") && !marks.has("not-run");
