"""Permutation groups: their elements, one by one."""
import re
from collections import Counter
from documents import affordable, need

def factor(name, files):
    "Degree and generators of one factor of a product."
    kind, n = name.split(":", 1)
    if kind == "file": return files[n]["degree"], files[n]["generators"]
    need(re.fullmatch("[1-9][0-9]{0,6}", n), "group")
    affordable(n := int(n), 20000, "so many points")
    turn = [*range(1, n), 0]
    return n, {"trivial": [], "cyclic": [turn], "dihedral": [turn, [-i % n for i in range(n)]],
               "symmetric": [turn, [1, 0, *range(2, n)][:n] if n > 1 else turn],
               "alternating": [[1, i, *range(2, i), 0, *range(i + 1, n)] for i in range(2, n)]}[kind]
def elements(name, files):
    "All elements of a product acting on the grid, row-major."
    degree, generators = 1, []
    parts = [name] if files else name.split("x")
    need(files is None or [f"file:{x}" for x in files] == parts, "files")
    for n, more in (factor(part, files) for part in parts):
        need(all(sorted(g) == [*range(n)] for g in more), "a generator is no permutation")
        generators = [[g[i // n] * n + i % n for i in range(degree * n)] for g in generators] + [
            [i // n * n + h[i % n] for i in range(degree * n)] for h in more]
        degree *= n
    queue = [tuple(range(degree))]
    seen = set(queue)
    for g in queue:
        affordable(len(queue) * degree, 5 * 10**6, "groups of so many elements")
        made = {tuple([h[i] for i in g]) for h in generators} - seen
        seen |= made
        queue += made
    return queue
def cycles_of(g):
    seen, found = set(), []
    for i in range(len(g)):
        before = len(seen)
        while i not in seen: seen.add(i); i = g[i]
        if len(seen) > before: found.append(len(seen) - before)
    return tuple(sorted(found))
def mean_series(group, length, sign, times=1):
    "The mean over the group of the product over cycles of (1 - t^size)^-1, or of 1 + t^size where the sign is 1."
    total = [0] * (length + 1)
    for cycles, number in Counter(map(cycles_of, group)).items():
        series = [1] + [0] * length
        for size in cycles * times:
            for i in range(size, length + 1)[::-sign]: series[i] += series[i - size]
        total = [a + number * b for a, b in zip(total, series)]
    return [x // len(group) for x in total]
