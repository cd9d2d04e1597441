/**
 * Whether two traced programs are the same, whichever variables they name their values by: trainings that differ in
 * their seed alone trace the same program, and its model need not be made again.
 */

import { isLiteral, type Atom, type Program, type Variable } from "./trace.ts";

/** Pairs variables of two programs as they are defined, and tells whether atoms are those of a pair. */
function pairing() {
  const partner = new Map<Variable, Variable>();
  return {
    define(a: Variable, b: Variable): boolean {
      partner.set(a, b);
      return sameType(a, b);
    },
    same: (a: Atom, b: Atom): boolean =>
      isLiteral(a)
        ? isLiteral(b) && Object.is(a.value, b.value) && sameType(a, b)
        : !isLiteral(b) && partner.get(a) === b,
  };
}

const sameType = ({ aval: a }: Atom, { aval: b }: Atom): boolean =>
  a.dtype === b.dtype && a.weakType === b.weakType && sameData(a.shape, b.shape);

const all = <T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean =>
  a.length === b.length && a.every((x, i) => same(x, b[i]));

/** Of plain data alone: functions and objects of classes are the same only if they are one. */
function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && all(a as unknown[], b as unknown[], sameData);
  if (!isPlain(a) || !isPlain(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => name in b && sameData(a[name], b[name]))
  );
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Bit for bit. */
function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const [x, y] = [a, b].map((of) => new Uint8Array(of.buffer, of.byteOffset, of.byteLength));
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
}

/** Same inputs, constants, equations and outputs in the same order. */
export function sameProgram(a: Program, b: Program): boolean {
  const { define, same } = pairing();
  return (
    all(a.inputs, b.inputs, (x, y) => x.name === y.name && define(x.variable, y.variable)) &&
    all([...a.constants], [...b.constants], ([x, own], [y, other]) => {
      return define(x, y) && own.type === other.type && sameBytes(own.data, other.data);
    }) &&
    all(a.equations, b.equations, (x, y) => {
      return (
        x.primitive === y.primitive &&
        all(x.inputs, y.inputs, same) &&
        sameData(x.params, y.params) &&
        all(x.outBinders, y.outBinders, define)
      );
    }) &&
    all(a.outputs, b.outputs, (x, y) => x.name === y.name && same(x.atom, y.atom))
  );
}
