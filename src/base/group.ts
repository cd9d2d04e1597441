/** Values by a name that each has. */

/** Names and the values of each, both in the order in which they come. */
export function grouped<T, K>(values: readonly T[], nameOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const name = nameOf(value);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [value]);
    else group.push(value);
  }
  return groups;
}
