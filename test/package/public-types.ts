/**
 * Walks what the declarations of an entry say: every type of the project that they mention has to be to be had by name.
 */

import { dirname, resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "../..");

/** The declarations of source files, and of all they import, as they would be published. */
export function declarationsOf(files: readonly string[]): Map<string, string> {
  const { config } = ts.readConfigFile(resolve(root, "tsconfig.types.json"), ts.sys.readFile) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
  const out = new Map<string, string>();
  const program = ts.createProgram(files, {
    ...options,
    noEmit: false,
    outDir: undefined,
    declarationDir: undefined,
  });
  program.emit(undefined, (name, text) => out.set(name, text), undefined, true);
  return out;
}

export interface Unnamed {
  readonly entry: string;
  /** The type, with the file that declares it. */
  readonly type: string;
  /** What mentions it. */
  readonly by: string;
}

/**
 * Types of the project that an entry's declarations mention and that neither the entry nor `common` exports.
 * @param declarations by file name, as `declarationsOf` gives them
 * @param entries the declaration files of the entries
 */
export function unnamedTypes(
  declarations: ReadonlyMap<string, string>,
  entries: readonly string[],
  common: string,
): Unnamed[] {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    types: ["node"],
    skipLibCheck: true,
    strict: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) =>
    declarations.has(name) || (!name.startsWith(`${root}/src/`) && fileExists(name));
  host.readFile = (name) => declarations.get(name) ?? readFile(name);
  host.getSourceFile = (name, target, ...rest) =>
    declarations.has(name)
      ? ts.createSourceFile(name, declarations.get(name)!, target)
      : getSourceFile(name, target, ...rest);
  host.directoryExists = (name) =>
    [...declarations.keys()].some((d) => dirname(d).startsWith(name)) || ts.sys.directoryExists(name);
  const program = ts.createProgram([...new Set([...entries, common])], options, host);
  const checker = program.getTypeChecker();

  const exportsOf = (file: string): Set<ts.Symbol> => {
    const source = program.getSourceFile(file);
    const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is no module of the project`);
    return new Set(checker.getExportsOfModule(module).map(aliased));
  };
  const aliased = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const isOurs = (symbol: ts.Symbol): boolean =>
    (symbol.declarations ?? []).some((d) => declarations.has(d.getSourceFile().fileName));
  const namedTypes =
    ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class | ts.SymbolFlags.Enum;

  return entries.flatMap((entry) => {
    const found: Unnamed[] = [];
    const exported = exportsOf(entry);
    const known = new Set([...exported, ...exportsOf(common)]);
    const seen = new Set<ts.Symbol>();
    const visit = (symbol: ts.Symbol): void => {
      if (seen.has(symbol) || !isOurs(symbol)) return;
      seen.add(symbol);
      for (const declaration of symbol.declarations ?? []) walk(declaration, symbol.name);
    };
    const walk = (node: ts.Node, by: string): void => {
      const name = ts.isTypeReferenceNode(node)
        ? node.typeName
        : ts.isExpressionWithTypeArguments(node)
          ? node.expression
          : ts.isImportTypeNode(node) && !node.isTypeOf
            ? node.qualifier
            : undefined;
      const symbol = name === undefined ? undefined : checker.getSymbolAtLocation(name);
      if (symbol !== undefined) mention(aliased(symbol), by);
      ts.forEachChild(node, (child) => walk(child, by));
    };
    const mention = (symbol: ts.Symbol, by: string): void => {
      if (!(symbol.flags & namedTypes) || !isOurs(symbol)) return;
      if (!known.has(symbol) && !seen.has(symbol)) {
        const file = symbol.declarations![0].getSourceFile().fileName.slice(root.length + 1);
        found.push({ entry: entry.slice(root.length + 1), type: `${symbol.name} of ${file}`, by });
      }
      visit(symbol);
    };
    for (const symbol of exported) visit(symbol);
    return found;
  });
}
