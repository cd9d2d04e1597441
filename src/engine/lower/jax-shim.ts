/**
 * The two globals of Node 22 that jax-js relies on when it runs, for Node 20: without them float64 arrays from data and
 * `einsum` throw. A call rather than something done on import, which a bundler could leave out or a reader overlook.
 */

interface IteratorPrototype {
  map?: unknown;
  filter?: unknown;
}

/** Adds the globals that are missing; called by whatever begins to use jax-js. */
export function completeGlobals(): void {
  const global = globalThis as { Float16Array?: unknown };
  global.Float16Array ??= class Float16Array {};
  const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as IteratorPrototype;
  iterator.map ??= function* map<T, U>(this: Iterable<T>, f: (value: T, index: number) => U) {
    let i = 0;
    for (const value of this) yield f(value, i++);
  };
  iterator.filter ??= function* filter<T>(this: Iterable<T>, f: (value: T, index: number) => boolean) {
    let i = 0;
    for (const value of this) if (f(value, i++)) yield value;
  };
}
