"""network: sums over views v of sum_m a_m relu(w_m . T_v x), x standard normal."""
import base64, itertools, math, struct
from collections import Counter
from fractions import Fraction
from documents import Truth, Undecided, affordable, need
from gram import largest_eigenvalue, listed, normalised, product
from groups import elements, mean_series
from planes import correlations, graph_of, harmonics
from threefry import fold_in, key_for, normals

def views_of(params, seed):
    "Every T_v as rows of (place, factor); the length of x; correlations of views; what the class is over, in words."
    student, n, d, columns, graph = (params.get(x) for x in ("student", "n", "d", "columns", "graph"))
    if student == "mlp": return [[[(i, 1)] for i in range(d)]], d, Counter({1: 1}), f"on R^{d}"
    if student == "gnn":
        rows = [x for x in graph_of(n, graph, seed, "graph of searched networks") if x]
        nodes = {float(r): float(w) for r, w in correlations(rows).items()}
        over = f"{'a graph from a file' if type(graph) is dict else f'the graph {graph}'} on {n} nodes"
        return ([[[(j * d + k, 1) for j in range(n) if x >> j & 1] for k in range(d)] for x in rows], n * d, nodes,
                f"over the neighbours' sum of {d} features, added up over {over}")
    need(student in ("group-linear", "deep-sets", "frame-averaged") and 1 <= columns <= 64, "family.params")
    name = f"symmetric:{n}" if student == "deep-sets" else params["group"]
    group = [[*range(n)]] if student == "deep-sets" else elements(name, params.get("files"))
    n, number = len(group[0]), "1 number" if columns == 1 else f"{columns} numbers"
    spread = lambda points: [[(i * columns + c, 1 / len(points)) for i in points] for c in range(columns)]
    on = f"{n} points with {number} each"
    if student == "frame-averaged":
        return ([[row for i in g for row in spread([i])] for g in group], n * columns, Counter({1: 1}),
                f"on {on}, averaged over the group {name}")
    pairs, views = [*itertools.product(range(n), repeat=2)], []
    everyone = student == "deep-sets"
    label = {(i, j): (0, int(i != j)) if everyone else min((g[i], g[j]) for g in group) for i, j in pairs}
    for i in range(n):
        orbits = [[j for j in range(n) if label[i, j] == x] for x in sorted(set(label.values()))]
        views.append([row for own in orbits if own for row in spread(own)])
    need(len({len(view) for view in views}) == 1, "group-linear asks for a transitive group")
    about = f"of means over the orbits around a point, added up over {on} under {name}"
    return views, n * columns, Counter({1: 1}), about
def units_of(weights, count, width, p, views, inputs):
    "Of every member the pairs (a |T_v^T w|, unit vector of it), view by view."
    found = []
    for start in range(0, count * width * (p + 1), width * (p + 1)):
        found.append([])
        for view, m in itertools.product(views, range(width)):
            vector = [0.0] * inputs
            for row, w in zip(view, weights[start + m * p:start + (m + 1) * p]):
                for at, times in row: vector[at] += times * w
            length = math.sqrt(product(vector, vector))
            if length: found[-1].append((weights[start + width * p + m] * length, [x / length for x in vector]))
    return found
def searched_gram(units, width, inputs, alike):
    "By the arc-cosine kernel less what means multiply to; views that a group moves into each other count alike."
    sizes = [math.fsum(abs(a) for a, _ in member) for member in units]
    def inner(i, j):
        terms = []
        for (a, u), (b, v) in itertools.product(units[i][:width] if alike else units[i], units[j]):
            c = max(-1.0, min(1.0, product(u, v)))
            terms.append(a * b * (math.sqrt((1 - c) * (1 + c)) + c * (math.pi - math.acos(c)) - 1))
        return math.fsum(terms) / (2 * math.pi), 2**-52 * (inputs + 32) * sizes[i] * sizes[j]
    return inner
def rotations(units, d, nodes, fixed):
    "A lower bound on trace / largest eigenvalue over all rotations, by degrees of harmonics up to 60 and what is left."
    def pair_weight(l):
        "What correlated views multiply the part of degree l by, from above: Hermite degree t by the sum of w r^t."
        if l == 1: return sum(w * r for r, w in nodes.items())
        ends = sum(w * (r == 1) for r, w in nodes.items())
        if ends == sum(nodes.values()): return ends
        q = math.exp(2 * math.lgamma((l + d + 1) / 2) + math.log(2 / d) - math.lgamma(d / 2) - math.lgamma(l + d / 2))
        rest, total = 1.0, 0.0
        for j in range(400):
            total += q * sum(w * r**(l + 2 * j) for r, w in nodes.items())
            rest, q = rest - q, q * ((l - 1) / 2 + j)**2 / ((j + 1) * (l + d / 2 + j))
        return total + max(0.0, rest) * sum(w * r**(l + 800) for r, w in nodes.items())
    b, m = math.exp(math.lgamma(d / 2) - math.lgamma((d + 1) / 2)) / (2 * math.sqrt(math.pi)), {}
    for l in range(0, 61, 2): m[l], b = d * b * b * pair_weight(l), b * (1 - l) / (l + d + 1)
    m[1] = pair_weight(1) / (4 * d)
    sums, whole = dict.fromkeys(m, 0.0), 0.0
    for (a, u), (e, v) in itertools.product(units, repeat=2):
        c = max(-1.0, min(1.0, product(u, v)))
        whole += a * e * sum(w * (math.sqrt((1 - r * c) * (1 + r * c)) + r * c * (math.pi - math.acos(r * c)))
                             for r, w in nodes.items()) / (2 * math.pi)
        before, here = 1.0, c
        for l in range(61):
            if l in sums: sums[l] += a * e * before
            before, here = here, ((2 * l + d) * c * here - (l + 1) * before) / (l + d - 1)
    doubt = 2**-52 * (3 * d + len(units)**2 + 64) * math.fsum(abs(a) for a, _ in units)**2
    doubts = {l: doubt * (l * (l + d - 2) / (d - 1) + 5 * (l + 2)**2) for l in m}
    above = {l: m[l] * (max(0.0, sums[l]) + doubts[l]) * (1 + 1e-10) for l in m}
    square = whole - above[0] - doubt * sum(nodes.values())
    largest = max(square / harmonics(d, 62), *(x for l, x in above.items() if l and (fixed is None or fixed[l])))
    if fixed: square = sum(fixed[l] * m[l] * max(0.0, sums[l] - doubts[l]) * (1 - 1e-10) for l in m if l)
    return square / largest * (1 - 1e-10)
def network(params, evidence, _):
    student, width = params["student"], params["width"]
    orbit, count = params.get("orbit", False), params.get("members", 1)
    if student == "gin" or params["layers"] > 1:
        raise Undecided("deep networks, whose claims hold with a probability, are not checked here")
    seed, steps, restart, start, text = (evidence[x] for x in ("seed", "steps", "restart", "start", "members"))
    limits = (seed, 2**53), (steps, 10**6), (restart, 999)
    need(all(type(x) is int and 0 <= x <= limit for x, limit in limits), "evidence")
    views, inputs, nodes, over = views_of(params, seed)
    p, averaged = len(views[0]), student in ("frame-averaged", "group-linear")
    alike = student != "gnn"
    key = fold_in(key_for("searched networks", student, count, width, p, seed), restart)
    total = count * width * (p + 1)
    affordable(total + width**2 * len(views[0]), 2 * 10**6, "so many weights")
    data = base64.b64decode(text, validate=True)
    need(len(data) == 4 * total and start > 0, "evidence.members: another number of weights")
    weights = struct.unpack(f"<{total}f", data)
    need(all(abs(x) < 1e15 for x in weights), "evidence.members: a weight is no plain number")
    random = struct.unpack(f"<{total}f", struct.pack(f"<{total}f", *normals(key, total)))
    kind = "orbit" if orbit else "members"
    form = {"kind": kind, "steps": steps, "restart": restart, "start": start, "members": text}
    made = f"{width} relus without biases {over},"
    if not orbit:
        pairs = count**2 * width**2 * len(views)**(1 if alike else 2)
        affordable(pairs * (inputs + 8), 10**9, "so many inner products")
        own, other = (searched_gram(units_of(x, count, width, p, views, inputs), width, inputs, alike)
                      for x in (weights, random))
        matrix, off, *_ = normalised(count, other)
        largest_eigenvalue(matrix, off, count / start * (1 - 1e-6), count / start * (1 + 1e-6))
        about = f"the {count} networks listed, sums of {made} each less its mean, inputs standard normal"
        return listed(count, own, evidence, (about, "uniform", "none"), form)
    regular = student != "group-linear" or len(views) == len(views[0]) // params["columns"]
    need(student != "deep-sets" and regular, "no closed form")
    fixed, plain_view = None, [[[(i, 1)] for i in range(p)]]
    if averaged:
        series = mean_series(elements(params["group"], params.get("files")), 60, -1, params["columns"])
        fixed = [x - y for x, y in zip(series, [0, 0] + series)]
    true, random = (rotations(units_of(x, 1, width, p, plain_view, p)[0], p, nodes, fixed) for x in (weights, random))
    need(abs(random - start) <= 1e-6 * start, "the dimension of the random weights is another")
    about = (f"all rotations of the network listed, a sum of {made} each less the mean over all of these, "
             "inputs standard normal" + ", wherever the average over the group is not constant" * averaged)
    law = "norm-weighted" if averaged else "uniform-rotations"
    return Truth("schur", None, Fraction(max(1.0, true)), (about, law, "none"),
                 {**form, "seed": seed, "dimension": lambda x: 1 <= x <= max(1.0, true)})
