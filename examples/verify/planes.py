"""Hidden planes: Schur's bound min over l of dim H_l / share_l, or the Gram matrix of listed ones."""
import itertools, math
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from documents import ABOVE, PI, SAFE, Truth, affordable, most, need
from gram import listed, product
from groups import elements, mean_series
from threefry import coins, drawn_graph, fold_in, key_for, normals

def harmonics(d, l): return math.comb(d + l - 1, l) - (math.comb(d + l - 3, l - 2) if l > 1 else 0)
@lru_cache(None)
def angle_weights(k, terms=2000):
    "||F||^2 and the part of every angle m = k, 3k, ...; the tail of the sum as an integral, within 1e-17 of it."
    parts = {m: 1 / Decimal(m * m - 1)**2 for m in range(k, 2 * terms * k, 2 * k)}
    norm = sum(parts.values()) + 1 / (6 * k * Decimal(2 * terms * k)**3)
    return norm * (4 * k / PI)**2, {m: x / norm for m, x in parts.items()}
@lru_cache(None)
def gamma(twice):
    "The gamma function at twice / 2."
    if twice % 2 == 0: return Decimal(math.factorial(twice // 2 - 1))
    return Decimal(math.factorial(twice - 1)) / (4**(twice // 2) * math.factorial(twice // 2)) * PI.sqrt()
@lru_cache(None)
def angle_share(d, m, n):
    "Of x -> |U x| cos(m angle of U x), the energy in harmonics of degree m + 2n on R^d."
    if d == 2: return Decimal(n == 0)
    return (gamma(m + 3) * gamma(d - 2 + 2 * n) * gamma(m - 1 + 2 * n) / gamma(m - 1) / gamma(m + d + 1 + 2 * n))**2 * (
        d * (d - 2) * (4 * n + d - 2 + 2 * m) * gamma(2 * n + d - 2 + 2 * m)) / (
        8 * math.factorial(n) * gamma(2 * n + d - 2) * gamma(2 * (n + m + 1)))
@lru_cache(None)
def degree_share(d, m, s, n):
    "Of it, the energy in Hermite degree m + 2s as well: Clebsch-Gordan coefficients of su(1,1)."
    up = lambda twice, j: gamma(twice + 2 * j) / gamma(twice) if j else Decimal(1)
    energy = (gamma(m + 3) * up(m - 1, s))**2 / (math.factorial(s) * math.factorial(s + m))
    if d == 2 or s == 0: return energy * (n == 0)
    a, b = 2 * m + 2, d - 2
    below = up(a, n) * up(a + b + 4 * n, s - n) * up(a + b + 2 * n - 2, n)
    return energy * math.comb(s, n) * up(a, s) * up(b, n) / below
def share(d, k, l, nodes, steps=60):
    "An upper bound on the share of sum_i F(U (A X)_i) in harmonics of degree l: degree t of correlation r weighs r^t."
    def part(r, m, n):
        if r == 1: return angle_share(d, m, n)
        terms = [degree_share(d, m, s, n) for s in range(n, n + steps)]
        return sum(x * r**(m + 2 * (n + i)) for i, x in enumerate(terms)) + (
            angle_share(d, m, n) - sum(terms)) * r**(m + 2 * (n + steps))
    angles = angle_weights(k)[1]
    def weight(r):
        return 1 if r == 1 else sum(angles[m] * degree_share(2, m, s, 0) * r**(m + 2 * s)
                                    for m in range(k, 9 * k, 2 * k) for s in range(steps))
    parts = (w * angles[m] * part(r, m, (l - m) // 2) for r, w in nodes.items() for m in range(k, l + 1, 2 * k))
    return sum(parts) / sum(w * weight(r) for r, w in nodes.items())
def schur(d, k, nodes, occurs=lambda l: True):
    "A lower bound on the least dim H_l / share_l; for further l the share is at most what is left."
    best, covered, l = None, Decimal(0), k
    while best is None or harmonics(d, l) < best * Fraction(max(Decimal(0), 1 - covered) + SAFE):
        here = share(d, k, l, nodes)
        bound = Fraction(harmonics(d, l)) / Fraction(here * (1 + Decimal("1e-15")) + SAFE)
        if occurs(l): best = min(best or bound, bound)
        covered, l = covered + here, l + 2
    return best
def unit(x): return [a / math.sqrt(product(x, x)) for a in x]
def listed_planes(d, seed, count):
    affordable(2 * d * count, 10**6, "so many listed planes")
    planes = []
    for i in range(count):
        x = normals(fold_in(key_for("listed planes", d, seed), i), 2 * d)
        u, v = unit(x[:d]), x[d:]
        for _ in range(2): v = unit([b - c * a for c in [product(u, v)] for a, b in zip(u, v)])
        planes.append((u, v))
    return planes
def polygons(k, images):
    "The sum of weight <F(U x), F(V x)> over pairs (weight, U V^T), and a bound on its error."
    at, terms = [(math.cos(math.pi * m / k), math.sin(math.pi * m / k)) for m in range(k)], []
    for weight, (a, b, c, d) in images:
        for (i, (x, y)), (j, (z, w)) in itertools.product(enumerate(at), repeat=2):
            t = max(-1.0, min(1.0, (a * x + c * y) * z + (b * x + d * y) * w))
            terms.append((-1)**(i + j) * weight * (math.sqrt((1 - t) * (1 + t)) + t * math.asin(t)))
    return 2 / math.pi * math.fsum(terms), 2**-50 * sum(map(abs, terms))
def listed_polygons(k, planes, images, evidence, about, norm, units=None):
    scope = (f"{about}, for {len(planes)} planes drawn from seed {evidence['seed']}", "uniform", "other-functions")
    inner = lambda i, j: polygons(k, images(planes[i], planes[j]))
    return listed(len(planes), inner, evidence, scope, {"kind": "listed"}, norm, units)
def graph_of(n, graph, seed, named="graph of listed planes"):
    "The neighbours of every node as bits; none where the graph is drawn and there is no seed."
    pairs, rows = list(itertools.combinations(range(n), 2)), [int(n == 1)] * n
    edges = {"path": [(i, i + 1) for i in range(n - 1)], "star": [(0, i) for i in range(1, n)], "complete": pairs,
             "cycle": [(i, (i + 1) % n) for i in range(n - (n == 2))]}
    if n == 1 or type(graph) is dict: edges = [] if n == 1 else graph["edges"]
    elif graph[:3] != "er:" or float(graph[3:]) == 1: edges = edges[graph if graph[:3] != "er:" else "complete"]
    elif seed is None: return []
    else:
        key, p = key_for(named, n, graph, seed), float(graph[3:])
        draws = (drawn_graph(n, coins(fold_in(key, i), p)) for i in range(1000))
        drawn = next(bits for bits in draws if bits & (1 << len(pairs)) - 1)
        edges = [pair for bit, pair in enumerate(pairs) if drawn >> bit & 1]
    for i, j in edges:
        need(0 <= min(i, j) and max(i, j) < n and not rows[i] >> j & 1, "graph.edges")
        rows[i], rows[j] = rows[i] | 1 << j, rows[j] | (1 << i if i != j else 0)
    need(any(rows), "a graph without edges")
    return rows
def correlations(rows):
    "Of pairs of nodes, by their correlation r: the sum of sqrt(C_ii C_jj)."
    nodes = Counter()
    for a, b in itertools.product(rows, repeat=2):
        root = Decimal(a.bit_count() * b.bit_count()).sqrt()
        if a & b: nodes[(a & b).bit_count() / root] += root
    return nodes
def gnn_plane(params, evidence, _):
    n, d, k, graph, count = (params.get(x) for x in ("n", "d", "k", "graph", "count"))
    need(1 <= n <= 256 and d > 1 and k % 2 == 0 < k <= 100, "family.params")
    rows = graph_of(n, graph, evidence.get("seed") if count else None)
    nodes = correlations(rows)
    named = "a graph from a file" if type(graph) is dict else f"the graph {graph}"
    about = f"the alternating polygons of {2 * k} relus on a hidden plane of R^{d}, " + (
        "f(x) = F(U x)" if n == 1 else f"sums over the nodes of {named} on {n} nodes")
    floats = [(float(w), float(r)) for r, w in nodes.items()]
    norm = ABOVE * (Fraction(sum(polygons(k, [(w, (r, 0, 0, r)) for w, r in floats]))) if rows else
                    n * n * (n - 1) * Fraction(angle_weights(k)[0]))
    if count:
        affordable(count**2 * k * k * len(floats), 4 * 10**7, "so many inner products")
        def images(x, y):
            overlap = [product(u, v) for u in x for v in y]
            return [(w, [r * o for o in overlap]) for w, r in floats]
        return listed_polygons(k, listed_planes(d, evidence["seed"], count), images, evidence, about, norm)
    lowest, gain = harmonics(d, k), Fraction(evidence["gain"])
    if rows and gain > 1: affordable(d, 4000, "shares in so many dimensions")
    true = max(schur(d, k, nodes), lowest) if rows and gain > 1 else Fraction(lowest)
    return Truth("schur", None, true, (about, "uniform-planes", "same"), {
        "kind": "all-planes", "harmonicDimension": str(lowest), "gain": lambda x: 1 <= gain <= true / lowest}, norm)
def cnn_plane(params, evidence, _):
    name, files, k, columns, count = (params.get(x) for x in ("group", "files", "k", "columns", "count"))
    group = elements(name, files)
    n = len(group[0])
    need(k % 2 == 0 < k <= 100 and n > 1 and 1 <= columns, "family.params")
    norm = Fraction(columns * angle_weights(k)[0]) * ABOVE
    about = (f"the alternating polygons of {2 * k} relus on a hidden plane of R^{n}, averaged over the group {name}"
             + f", {columns} columns" * (columns > 1))
    if count:
        affordable(count**2 * k * k * len(group), 4 * 10**7, "so many inner products")
        def images(x, y):
            return [(1 / len(group), [product(u, [v[i] for i in g]) for u in x for v in y]) for g in group]
        return listed_polygons(k, listed_planes(n, evidence["seed"], count), images, evidence, about, norm, columns)
    lowest, degree, gain = harmonics(n, k), evidence["largestDegree"], Fraction(evidence["gain"])
    need(k <= degree <= k + 300, "evidence.largestDegree")
    affordable(n, 500, "so many coordinates")
    invariant = mean_series(group, degree, -1)
    fixed = [x - y for x, y in zip(invariant, [0, 0] + invariant)]
    shares = {l: share(n, k, l, {1: 1}) for l in range(k, degree + 1, 2)}
    mean = sum(s * fixed[l] / harmonics(n, l) for l, s in shares.items()) * (1 - Decimal("1e-15"))
    bound = schur(n, k, {1: 1}, lambda l: l > degree or fixed[l] > 0)
    return Truth("schur", None, max(Fraction(1), bound * Fraction(mean)), (
        about + ", wherever the average is not 0", "norm-weighted", "same-functions-another-law"), {
        "kind": "all-planes", "harmonicDimension": str(lowest), "meanNorm": most(Fraction(mean)),
        "largestDegree": degree, "coveredShare": most(Fraction(sum(shares.values()))),
        "gain": lambda x: 1 <= gain <= bound / lowest}, norm)
