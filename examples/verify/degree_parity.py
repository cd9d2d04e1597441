"""gnn-degree-parity: d_eff = 1 / max Pr[pi = v]."""
import itertools, math, re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from documents import SAFE, Truth, affordable, apart, least, match, most, need, plain, written
from threefry import coins, drawn_graph, fold_in, key_for, threefry

GRAPHS = {"undirected": "degree in S) of undirected simple graphs",
          "directed": "out-degree in S) of directed graphs without self-loops",
          "directed-loops": "out-degree in S) of directed graphs with self-loops"}
def degree_parity(params, evidence, _):
    n, edges, p = params["n"], params["edges"], params["p"]
    undirected = edges == "undirected"
    match(params, {"n": lambda n: 3 <= n <= 10000, "edges": GRAPHS.__contains__, "p": lambda p: 0 < p < 1,
                   **({} if undirected else {"window": int.__instancecheck__})}, "family.params")
    count = 2**(n - 2 if undirected else n - (edges == "directed"))
    about = (f"the degree parities chi_S(A) = (-1)^(number of nodes with {GRAPHS[edges]} on {n} nodes, "
             f"edge probability {plain(p)}", "uniform", "same-functions-another-law")
    kinds = {"counts": exact_law, "law": exact_law, "samples": samples} if undirected else {"window": window}
    found = kinds[evidence["kind"]](params, evidence)
    return Truth(count=count, about=about, model="SQ", **found)
def transform(a):
    "sum over v of (-1)^(u.v) a_v, for every u."
    if len(a) == 1: return a
    low, high = a[:len(a) // 2], a[len(a) // 2:]
    return transform([x + y for x, y in zip(low, high)]) + transform([x - y for x, y in zip(low, high)])
def parity_counts(n, p):
    """The weighted number of graphs with each pi. Vertex by vertex gets its edges to those still to come, of which
    only the histogram of partial degrees matters; with it go the parity vectors of the finished ones."""
    layer = {(n,): {0: 1}}
    for _ in range(n):
        following = {}
        for histogram, vectors in layer.items():
            own = max(j for j, h in enumerate(histogram) if h)
            rest = [h - (j == own) for j, h in enumerate(histogram)]
            for chosen in itertools.product(*(range(h + 1) for h in rest)):
                k = sum(chosen)
                to = tuple(h - x + y for h, x, y in zip((*rest, 0), (*chosen, 0), (0, *chosen)))
                weight = p.numerator**k * (p.denominator - p.numerator)**(sum(rest) - k)
                cells = following.setdefault(to, Counter())
                for x in map(math.comb, rest, chosen): weight *= x
                for v, x in vectors.items(): cells[v ^ 1 << own + k] += x * weight
        layer = following
    return dict(sorted(*(x.items() for x in layer.values())))
def exact_law(params, evidence):
    n, p, kind = params["n"], written(params["p"]), evidence["kind"]
    affordable(n, 13, "exact laws above n = 13")
    counts, total = parity_counts(n, p), p.denominator ** (n * (n - 1) // 2)
    best, cells = max(counts.values()), [0] * 2**(n - 2)
    for v, x in counts.items(): cells[v >> 2] += x  # sets without 0 and 1 stand for all classes
    sums = [abs(x) for x in transform(cells)]
    delta, likeliest = Fraction(max(sums[1:]), total), next(v for v in counts if counts[v] == best)
    if kind == "counts":
        own = {"maxParityVectorProbability": least(Fraction(best, total)), "likeliest": likeliest, "total": str(total),
               "counts": [[v, str(x)] for v, x in counts.items()]}
    else:
        slack = Fraction(evidence["relativeError"])
        def near(law):
            stated = dict(law)
            return len(stated) == len(law) and stated.keys() <= counts.keys() and all(
                abs(Fraction(stated.get(v, 0)) - Fraction(x, total)) <= slack * Fraction(x, total) + Fraction(10)**-250
                for v, x in counts.items())
        own = {"maxParityVectorProbability": least(Fraction(best, total) / (1 + slack)), "law": near,
               "likeliest": counts.__contains__, "relativeError": most(Fraction(1, 1000))}
    return {"method": "exact", "dimension": Fraction(total, best), "delta": delta, "exact": kind == "counts",
            "evidence": {"kind": kind, "maxAbsCorrelation": least(delta), "apart?": evidence.get("apart"), **own},
            "apart": apart(evidence, len(cells), lambda s, t: Fraction(sums[s ^ t], total)),
            "absolute": Fraction(sum(sums), total), "square": Fraction(sum(x * x for x in cells), total**2)}
def window(params, evidence):
    "E chi_U = (1 - 2 p_U)^n for the sets U of a window of degrees, and their transform, in units of 2^-190."
    n, p, size, lowest = params["n"], written(params["p"]), params["window"], evidence["lowest"]
    N, slack, one = n - (params["edges"] == "directed"), Fraction(evidence["relativeError"]), 1 << 190
    affordable(size, 20, "windows of more than 20 degrees")
    ratio, mode = Decimal(p.numerator) / (p.denominator - p.numerator), int((N + 1) * p)
    degrees, sums = {mode: Decimal(1)}, [0]
    for j in range(mode, N): degrees[j + 1] = degrees[j] * (N - j) * ratio / (j + 1)
    for j in range(mode, 0, -1): degrees[j - 1] = degrees[j] * j / ((N - j + 1) * ratio)
    total = sum(degrees.values())
    for j in range(lowest, lowest + size): sums += [x + int(degrees[j] / total * one) for x in sums]
    square, powers, rest = [one - 2 * x for x in sums], [one] * len(sums), n
    while rest:
        if rest & 1: powers = [x * y >> 190 for x, y in zip(powers, square)]
        square, rest = [x * x >> 190 for x in square], rest >> 1
    law, error = [Fraction(x, one * len(sums)) for x in transform(powers)], Fraction(1, 2**140)  # 10^8 n units are less
    delta, best = Fraction(min(1, (1 - 2 * min(degrees.values()) / total)**n * (1 + SAFE))), max(law) + error
    return {"method": "closed-form", "dimension": 1 / min(Fraction(1), best), "delta": delta, "evidence": {
        "kind": "window", "lowest": lowest, "size": size, "relativeError": most(Fraction(1, 1000)),
        "maxAbsCorrelation": least(delta),
        "maxParityVectorProbability": lambda x: best - 2 * error <= Fraction(x) * (1 + slack), "likeliest": lambda v: (
            law[v] >= Fraction(evidence["maxParityVectorProbability"]) * (1 - slack) - error)}}
def samples(params, evidence):
    "The samples are drawn again; then Pr[Bin(N, q) <= the largest count] is at most this certificate's delta."
    n, p, count, seed = params["n"], params["p"], evidence["samples"], evidence["seed"]
    need(re.fullmatch("[125]0*", str(count)) and n > 15 and seed >= 0, "evidence.samples")
    q, bits = Decimal(evidence["maxParityVectorProbability"]), n * (n - 1) // 2
    b, j = written(p).denominator, len(str(count)) - 1
    share = Fraction(1, 900 * n * (n + 1) * (b - 1) * b * (b + 1) * (j + 1) * (j + 2) * (seed + 1) * (seed + 2))
    affordable(count * (20 * n + bits * (1 if p == 0.5 else 20)), 10**9, "so many samples")
    pairs = [*enumerate(itertools.combinations(range(n), 2))]
    incident = [sum(1 << bit for bit, pair in pairs if i in pair) for i in range(n)]
    words = threefry(key_for("parity cells", n), 0, 0, 2 * n)
    words = [x ^ y for x, y in zip(words[::2], words[1::2])]
    word = [1 << i if n < 32 else words[i] | words[n + i] >> 12 << 32 for i in range(n)]
    cells, key = Counter(), key_for("certificate", "gnn-degree-parity", n, "undirected", p, seed)
    chunk = max(1, min(count, int(2e7 / bits), int(1e6 / n)))
    for at in range(0, count, chunk):
        source = coins(fold_in(key, at // chunk), p)
        for _ in range(min(chunk, count - at)):
            graph, cell = drawn_graph(n, source), 0
            for mask in incident: cell ^= word[(graph & mask).bit_count()]
            cells[cell] += 1
    largest = max(cells.values())
    tail, term = Decimal(0), (1 - q)**count
    for k in range(largest + 1 if q < 1 else 0): tail, term = tail + term, term * (count - k) / (k + 1) * q / (1 - q)
    return {"method": "monte-carlo", "dimension": 1 / Fraction(q), "evidence": {"kind": "samples",
        "maxParityVectorProbability": lambda q: 0 < q <= 1 and tail * (1 + SAFE) <= Decimal(evidence["delta"]),
        "likeliest": lambda v: cells[v] == largest, "samples": count, "largestCount": largest, "seed": seed,
        "delta": most(share), "limitedBy": "samples" if largest < 10 else "family"}}
