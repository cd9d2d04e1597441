import { describe, expect, it } from "vitest";
import { rolesOf, scales, type Role } from "../../src/study/scale.ts";
import { plan } from "../../src/study/reproduce.ts";
import { taskId, type Task } from "../../src/run/task.ts";
import { studentClass } from "../../src/family/family.ts";
import { familyById } from "../../src/family/registry.ts";
import { studentSizes } from "../../src/family/student.ts";
import { learnerById } from "../../src/learner/registry.ts";

it("no planned task holds an option that nobody reads: it would be refused", () => {
  const unread = scales.flatMap((scale) =>
    plan(scale).flatMap(({ task }) => {
      const given = "options" in task ? Object.keys(task.options) : [];
      if (task.kind === "learn") return given.filter((name) => !learnerById(task.learner).options.includes(name as "tau")); // prettier-ignore
      if (task.kind !== "train") return [];
      const { options } = studentClass(familyById(task.family), task.options.student);
      return studentSizes.filter((name) => given.includes(name) && !options.includes(name));
    }),
  );
  expect(unread).toEqual([]);
});

describe("rolesOf", () => {
  const task: Task = { kind: "certify", family: "gnn-degree-parity", params: { n: 6 }, tau: 0.1, rho: 0.5 };
  const as = (...roles: Role[]) => rolesOf(roles.map((role) => ({ role, task }))).get(taskId(task));

  it("gives a task that several parts ask for to the main family, whatever the order", () => {
    expect(as("family", "certificate", "matrix")).toBe("certificate");
    expect(as("matrix", "family")).toBe("family");
    expect(as("matrix")).toBe("matrix");
  });

  it("leaves the quick plan a certificate for every n of the main family", () => {
    const planned = plan("quick");
    const roles = rolesOf(planned);
    const certified = planned
      .filter((p) => roles.get(taskId(p.task)) === "certificate")
      .map((p) => p.task.params["n"]);
    expect([...new Set(certified)].sort()).toEqual([10, 12, 15, 6, 8]);
  });
});
