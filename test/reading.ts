/** The rules of reading: what they find fault with in a source file, a line a fault. */

import { dirname, join } from "node:path";
import ts from "typescript";

/** The faults of a file, each with the line (from 1) where it is. */
export type Rule = (file: ts.SourceFile) => readonly string[];

const COLUMNS = 120;
const LINES = 60;

export const parse = (text: string, name = "source.ts"): ts.SourceFile =>
  ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);

function lineOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}

/** One fault a node of which `fault` says something. */
const ofNodes =
  (fault: (node: ts.Node) => string | undefined): Rule =>
  (file) => {
    const faults: string[] = [];
    visit(file, (node) => {
      const found = fault(node);
      if (found !== undefined) faults.push(`${lineOf(node)}: ${found}`);
    });
    return faults;
  };

/** One fault a line of which `fault` says something. */
const ofLines =
  (fault: (line: string) => string | undefined): Rule =>
  (file) =>
    file.text.split("\n").flatMap((line, i) => {
      const found = fault(line);
      return found === undefined ? [] : [`${i + 1}: ${found}`];
    });

export const longLines = ofLines((line) => (line.length > COLUMNS ? `${line.length} columns` : undefined));

export const unformatted = ofLines((line) =>
  line.includes("prettier-ignore") ? "prettier-ignore" : undefined,
);

/** A conditional expression within another; a function between them begins anew. */
export const nestedConditionals = ofNodes((node) => {
  if (!ts.isConditionalExpression(node)) return undefined;
  for (let above = node.parent; above !== undefined && !ts.isFunctionLike(above); above = above.parent)
    if (ts.isConditionalExpression(above)) return "a conditional expression within another";
  return undefined;
});

function isEmptyContainer(value: ts.Expression | undefined): boolean {
  if (value === undefined) return false;
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0;
  if (ts.isObjectLiteralExpression(value)) return value.properties.length === 0;
  const made = ts.isNewExpression(value) && /^(Weak)?(Map|Set)$/.test(value.expression.getText());
  return made && (value.arguments ?? []).length === 0;
}

/** What a file keeps from call to call: a variable that can be set, or a container that begins empty. */
export const fileState: Rule = (file) =>
  file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList: list }) => {
    const fixed = (list.flags & ts.NodeFlags.Const) !== 0;
    const isReadonly = (type: ts.TypeNode | undefined): boolean => /^readonly\b/i.test(type?.getText() ?? "");
    return list.declarations
      .filter((d) => !fixed || (isEmptyContainer(d.initializer) && !isReadonly(d.type)))
      .map((d) => `${lineOf(d)}: ${d.name.getText()}`);
  });

export const longFunctions = ofNodes((node) => {
  if (!ts.isFunctionLike(node) || !("body" in node) || node.body === undefined) return undefined;
  const lines = node.getText().split("\n").length;
  const named = ts.isVariableDeclaration(node.parent) ? node.parent : node;
  return lines > LINES ? `${named.name?.getText() ?? "a function"} has ${lines} lines` : undefined;
});

type Named = ts.DeclarationStatement | ts.VariableDeclaration;

/** What `name` is declared as, where a file exports it: found through what is exported from elsewhere. */
function declarationsOf(
  files: ReadonlyMap<string, ts.SourceFile>,
  path: string,
  name: string,
): readonly Named[] {
  const file = files.get(path);
  if (file === undefined) return []; // a package's
  const elsewhere = (specifier: ts.Expression | undefined, wanted: string): readonly Named[] =>
    specifier !== undefined && ts.isStringLiteral(specifier)
      ? declarationsOf(files, join(dirname(path), specifier.text), wanted)
      : declarationsOf(files, path, wanted);
  return file.statements.flatMap((statement): readonly Named[] => {
    if (ts.isExportDeclaration(statement) || ts.isImportDeclaration(statement)) {
      const named = ts.isExportDeclaration(statement)
        ? statement.exportClause
        : statement.importClause?.namedBindings;
      if (named === undefined || !("elements" in named)) return [];
      const element = [...named.elements].find((e) => e.name.text === name);
      if (
        element === undefined ||
        (statement.moduleSpecifier === undefined && element.propertyName === undefined)
      )
        return [];
      return elsewhere(statement.moduleSpecifier, (element.propertyName ?? element.name).text);
    }
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.filter((d) => d.name.getText() === name);
    return "name" in statement && (statement as ts.DeclarationStatement).name?.text === name
      ? [statement as ts.DeclarationStatement]
      : [];
  });
}

/** The names that a door gives out, but for those of packages. */
function namesOf(door: ts.SourceFile): string[] {
  return door.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement))
      return statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause)
        ? statement.exportClause.elements.map((e) => e.name.text)
        : [];
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword);
    if (exported !== true) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map((d) => d.name.getText());
    return "name" in statement ? [(statement as ts.DeclarationStatement).name!.text] : [];
  });
}

/** The text of the comment for users on a declaration; empty if there is none. */
const documentation = (declaration: Named): string =>
  ts
    .getJSDocCommentsAndTags(declaration)
    .filter(ts.isJSDoc)
    .map((comment) => comment.getText())
    .join("\n");

/** Whether a function refuses its arguments itself, rather than through what it calls. */
function refuses(declaration: Named): boolean {
  const made = ts.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
  let found = false;
  if (made !== undefined && ts.isFunctionLike(made))
    visit(made, (node) => {
      if (ts.isCallExpression(node) && node.expression.getText() === "reject") found = true;
    });
  return found;
}

/**
 * The public names without a comment that says what they are, and the functions that refuse what they are given without
 * a word of it there.
 * @param files by path from the root
 */
export function undocumented(files: ReadonlyMap<string, ts.SourceFile>, doors: readonly string[]): string[] {
  const faults = doors.flatMap((door) =>
    namesOf(files.get(door)!).flatMap((name) => {
      const declarations = declarationsOf(files, door, name);
      const text = declarations.map(documentation).join("\n");
      if (declarations.length === 0) return [];
      const at = `${declarations[0].getSourceFile().fileName}: ${name}`;
      if (text === "") return [`${at} has no docstring`];
      const said = /@throws|\b(rejects?|refuse[sd]?|throws)\b/i.test(text);
      return declarations.some(refuses) && !said ? [`${at} does not say what it refuses`] : [];
    }),
  );
  return [...new Set(faults)];
}
