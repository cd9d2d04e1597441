/** Which file of the source imports which: what the rules of the layout are tested on. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

export interface Import {
  /** A file of the source, from its root; else the name of a module. */
  readonly target: string;
  readonly inside: boolean;
  /** `import(...)`, which loads nothing before it runs. */
  readonly lazy: boolean;
  /** Erased by the compiler. */
  readonly type: boolean;
}

/** What each file imports, by its path from the root. */
export type Imports = ReadonlyMap<string, readonly Import[]>;

function filesIn(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
    if (e.isDirectory()) return filesIn(join(dir, e.name));
    return /\.(ts|mjs)$/.test(e.name) ? [join(dir, e.name)] : [];
  });
}

/** @param name the file's path from the root, which relative imports start at */
export function importsOf(name: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, lazy: boolean, type: boolean): void => {
    const inside = specifier.startsWith(".");
    const target = inside ? relative("/", resolve("/", dirname(name), specifier)) : specifier;
    found.push({ target, inside, lazy, type });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      add(node.moduleSpecifier.text, false, node.importClause?.isTypeOnly === true);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      add(node.moduleSpecifier.text, false, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument !== undefined && ts.isStringLiteral(argument)) add(argument.text, true, false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add((node.argument.literal as ts.StringLiteral).text, false, true);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** @param from the root that paths count from, where that is another folder */
export function readImports(root: string, from = root): Imports {
  return new Map(
    filesIn(root).map((file) => {
      const name = relative(from, file);
      return [name, importsOf(name, readFileSync(file, "utf8"))];
    }),
  );
}

/** The files that one reaches through imports, itself included; with how it is reached. */
export function reached(
  imports: Imports,
  from: string,
  follow: (i: Import) => boolean,
): Map<string, string[]> {
  const paths = new Map([[from, [from]]]);
  for (const [name, path] of paths)
    for (const i of imports.get(name) ?? [])
      if (i.inside && follow(i) && !paths.has(i.target)) paths.set(i.target, [...path, i.target]);
  return paths;
}

/** Circles of files, one for each group of files that reach each other. */
export function circles(imports: Imports, follow: (i: Import) => boolean): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  for (const name of imports.keys()) {
    if (done.has(name)) continue;
    const from = reached(imports, name, follow);
    const group = [...from.keys()].filter(
      (other) => other !== name && reached(imports, other, follow).has(name),
    );
    if (group.length > 0) found.push([name, ...group]);
    for (const member of [name, ...group]) done.add(member);
  }
  return found;
}
