/** Tables of records, and queries over them: exactly the records, whatever has become of the files. */

import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishFailure } from "../../../src/run/folder/failures.ts";
import { addTasks } from "../../../src/run/folder/pieces.ts";
import { openStore } from "../../../src/run/store/files.ts";
import { query } from "../../../src/run/store/query.ts";
import { compact, tablesOf } from "../../../src/run/store/tables.ts";
import { taskId, type Task } from "../../../src/run/task.ts";
import { trainedRecord } from "../../study/records.ts";

type Training = Extract<Task, { kind: "train" }>;
const training = (n: number, seed: number): Training => ({
  kind: "train",
  family: "gnn-degree-parity",
  params: { n, edges: "undirected" },
  seed,
  easy: false,
  options: { width: 8, lr: 0.5 ** seed, steps: 200 },
});
const tasks = [6, 8].flatMap((n) => [0, 1, 2].map((seed) => training(n, seed)));
const curve = [10, 0].map((step) => ({ step, loss: 1 - step / 100, accuracy: null }));
const records = tasks.map((task, i) =>
  trainedRecord(task, { loss: i / 8, accuracy: null, explainedVariance: 0.5 }, { curve, steps: 100 + i }),
);
const broken = training(10, 0);

let dir = "";
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "equihard-tables-"));
  const store = openStore(dir);
  await addTasks(dir, [...tasks, broken], 2);
  store.publishBatch(records[0].id, records.slice(0, 4));
  for (const record of records.slice(4)) store.publish(record);
  publishFailure(dir, { id: taskId(broken), task: broken }, "it went wrong", true);
});
afterAll(() => rmSync(dir, { recursive: true }));

const ask = async (sql: string) => (await query(compact(dir), sql)).rows;
const sorted = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));

describe("tables", () => {
  it("have a row a trial with its parameters, options and outcome, in the order of id; a failed one has its error", () => {
    const { trials } = tablesOf(dir);
    expect(trials.names).toEqual(["id", "kind", "family", "n", "edges", "width", "lr", "option_steps", "easy",
      "seed", "final_loss", "final_accuracy", "final_explained_variance", "steps", "status", "error"]); // prettier-ignore
    expect(trials.rows.map(({ id }) => id)).toEqual([...sorted.map(({ id }) => id), taskId(broken)].sort());
    const row = (id: string) => trials.rows.find((r) => r["id"] === id);
    expect(row(records[1].id)).toMatchObject({ n: 6, width: 8, lr: 0.5, option_steps: 200, seed: 1, steps: 101, final_loss: 0.125, final_accuracy: null, status: "budget" }); // prettier-ignore
    expect(row(taskId(broken))).toMatchObject({ n: 10, status: "failed", error: "it went wrong" });
  });

  it("hold an option whose name measured values have, too", async () => {
    const own = mkdtempSync(join(tmpdir(), "equihard-tables-"));
    const { options, ...rest } = training(6, 0);
    const task: Training = { ...rest, options: { ...options, loss: "logistic" } };
    openStore(own).publish(
      trainedRecord(task, { loss: 2, accuracy: 1, explainedVariance: 0 }, { curve, steps: 10 }),
    );
    const sql = "select loss, typeof(final_loss) as type, final_loss from trials";
    expect((await query(compact(own), sql)).rows).toEqual([
      { loss: "logistic", type: "DOUBLE", final_loss: 2 },
    ]);
    rmSync(own, { recursive: true });
  });

  it("are written once, and anew when a record comes, or what was written is damaged", () => {
    const { trials } = compact(dir);
    const mark = (): string => createHash("sha256").update(readFileSync(trials)).digest("hex");
    const whole = mark();
    const stamp = readFileSync(join(dir, "tables.json"));
    for (const damage of ["", "PAR1", readFileSync(trials).subarray(0, -20)]) {
      writeFileSync(trials, damage);
      compact(dir);
      expect(mark()).toBe(whole);
    }
    expect(readFileSync(join(dir, "tables.json"))).toEqual(stamp);
    const more = trainedRecord(training(8, 9), { loss: 1 });
    openStore(dir).publish(more);
    compact(dir);
    expect(mark()).not.toBe(whole);
    rmSync(join(dir, "results", `${more.id}.json`));
    compact(dir);
    expect(mark()).toBe(whole);
  });
});

describe("a query", () => {
  it("reads trials in the order of id and curves in that of id and step, with their types", async () => {
    expect((await ask("select id from trials where status <> 'failed'")).map(({ id }) => id)).toEqual(
      sorted.map(({ id }) => id),
    );
    expect(await ask("select * from curves limit 3")).toEqual([
      { id: sorted[0].id, step: 0, loss: 1, accuracy: null },
      { id: sorted[0].id, step: 10, loss: 0.9, accuracy: null },
      { id: sorted[1].id, step: 0, loss: 1, accuracy: null },
    ]);
    expect(
      await ask(
        "select n, count(*) as trials, avg(final_loss) as loss from trials group by n order by n limit 2",
      ),
    ).toEqual([
      { n: 6, trials: 3, loss: 0.125 },
      { n: 8, trials: 3, loss: 0.5 },
    ]);
    expect(await ask("select 2::hugeint ** 60 as big, 9007199254740993 as whole, 'nan'::double as none, [1] as list, easy from trials limit 1")).toEqual([{ big: 2 ** 60, whole: "9007199254740993", none: null, list: [1], easy: false }]); // prettier-ignore
  });

  it.each([
    ["selec 1", /SQL: Parser Error: syntax error at or near "selec"/],
    ["", /SQL: no statement/],
    ["-- nothing", /SQL: no statement/],
    ["select nothing from trials", /SQL: Binder Error: .*"nothing"/],
    ["select * from nowhere", /SQL: Catalog Error/],
    ["select $1", /SQL: Invalid Input Error/],
    ["select 1; select 2", /SQL: 2 statements; allowed: one/],
    ["insert into trials (id) values ('x')", /SQL: INSERT is no statement that reads/],
    ["delete from trials", /SQL: DELETE is no/],
    ["drop table trials", /SQL: DROP is no/],
    ["create table x as select 1", /SQL: CREATE is no/],
    ["set threads = 8", /SQL: SET is no/],
    ["load httpfs", /SQL: LOAD is no/],
    ["install httpfs", /SQL: LOAD is no/],
    ["attach 'x.db'", /SQL: ATTACH is no/],
    ["copy trials to 'x.csv'", /SQL: (Permission Error|COPY is no)/],
    ["copy trials from '/etc/passwd'", /SQL: (Permission Error|COPY is no)/],
    ["export database 'x'", /SQL: (Permission Error|EXPORT is no)/],
    ["select * from read_csv('/etc/passwd')", /SQL: Permission Error/],
    ["select * from read_text('/etc/passwd')", /SQL: Permission Error/],
    ["select * from read_parquet('trials.parquet')", /SQL: Permission Error/],
    ["select * from glob('/*')", /SQL: Permission Error/],
    ["select * from '/etc/passwd'", /SQL: Catalog Error/],
    [
      "select * from range(1000001)",
      /SQL: more than 1000000 rows; next: |SQL: more than 1000000 rows; add a LIMIT/,
    ],
  ])("%j is refused in a line, and reaches nothing", async (sql, message) => {
    const before = readdirSync(dir, { recursive: true }).sort();
    const refused = ask(sql);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.not.toThrow(/\n/);
    expect(readdirSync(dir, { recursive: true }).sort()).toEqual(before);
    expect(existsSync("x.csv")).toBe(false);
    expect(await ask("select count(*) as c from trials")).toEqual([{ c: 7 }]);
  });
});
