/**
 * SQL over the tables of a run, by DuckDB in this process. The tables are loaded first; then nothing outside them can
 * be reached, and only statements that read are carried out. One thread: equal records give equal answers.
 */

import type { DuckDBConnection } from "@duckdb/node-api";
import { reject } from "../../base/errors.ts";
import type { Json } from "../../base/json.ts";
import { missing } from "../../base/optional.ts";
import type { TableFiles } from "./tables.ts";

/** Rows that one answer may have: more do not fit into one document. */
const MOST = 1_000_000;

const settings = {
  threads: "1",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  temp_directory: "",
};

/** What a query answers. */
export interface Answer {
  readonly names: readonly string[];
  readonly rows: readonly Readonly<Record<string, Json>>[];
}

/**
 * @param sql one statement that reads, over `trials` and `curves`
 * @throws InputError for what is no such statement, and for whatever else DuckDB refuses
 */
export async function query(files: TableFiles, sql: string): Promise<Answer> {
  const { DuckDBInstance, StatementType } = await import("@duckdb/node-api").catch(
    missing("@duckdb/node-api"),
  );
  const instance = await DuckDBInstance.create(":memory:", settings);
  const connection = await instance.connect();
  try {
    await load(connection, files);
    const statements = await refusing(() => connection.extractStatements(sql));
    if (statements.count !== 1)
      reject({ where: "SQL", what: `${statements.count} statements`, allowed: "one" });
    const prepared = await refusing(() => statements.prepare(0));
    if (prepared.statementType !== StatementType.SELECT)
      reject({
        where: "SQL",
        what: `${StatementType[prepared.statementType]} is no statement that reads`,
        allowed: "SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE",
      });
    const reader = await refusing(() => prepared.streamAndReadUntil(MOST + 1));
    if (reader.currentRowCount > MOST)
      reject({ where: "SQL", what: `more than ${MOST} rows`, next: "add a LIMIT" });
    const rows = reader.getRowObjectsJS() as Record<string, unknown>[];
    return {
      names: reader.deduplicatedColumnNames(),
      rows: rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
      ),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function load(connection: DuckDBConnection, { trials, curves }: TableFiles): Promise<void> {
  const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;
  await connection.run(`create table trials as from read_parquet(${quoted(trials)})`);
  await connection.run(`create table curves as from read_parquet(${quoted(curves)})`);
  await connection.run("set enable_external_access = false");
  await connection.run("set lock_configuration = true");
}

/** DuckDB's complaints, in one line. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const [first] = (error as Error).message.replace(/^Failed to extract statements: /, "").split("\n");
    const what = first === "Error in native callback" ? "no statement" : first;
    return reject({ where: "SQL", what, allowed: "one statement that reads trials and curves" });
  }
}

/** A value of DuckDB's as JSON: integers that a number cannot hold as strings, times in ISO 8601. */
function plain(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value as object).map(([name, of]) => [name, plain(of)]));
}
