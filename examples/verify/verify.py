#!/usr/bin/env python3
"""A second verifier of equihard certificates: the standard library alone, written from docs/theory.md.

It asks one thing: is every claim at most the truth? Exit code 0: valid; 1: invalid; 2: not a
certificate; 3: not decided (too large, or labels are missing), never "valid".

    python3 verify.py FILE [--labels FILE.npy]
"""
import array, base64, hashlib, itertools, json, math, re, struct, sys
from collections import Counter, namedtuple
from decimal import Decimal, MAX_EMAX, MIN_EMIN, getcontext
from fractions import Fraction
from functools import lru_cache
from operator import mul

getcontext().prec, getcontext().Emax, getcontext().Emin = 60, MAX_EMAX, MIN_EMIN
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494")
SAFE = Decimal("1e-40")  # far above what any chain of 60-digit operations here loses
ABOVE = 1 + Fraction(1, 10**12)  # the same for sums in float64 that are only used as bounds
SCHEMA = "equihard.certificate/1"
class Invalid(Exception): "A claim does not hold."
class Undecided(Exception): "Nothing is said."
class Foreign(Exception): "Not a certificate."

def need(ok, what):
    if not ok: raise Invalid(what)
def affordable(work, most, what):
    if work > most: raise Undecided(f"too large: {what}")

# ---- Documents, and what they are held against ---------------------------------------------------
def number(text):
    x = float(text)
    need(math.isfinite(x) and not (x == 0 and text[0] == "-"), f"{text[:40]} is no plain number")
    return int(x) if x.is_integer() and abs(x) < 2**53 else x
def foreign(constant): raise Foreign(f"{constant} is not JSON")
def pairs(found):
    if len(dict(found)) < len(found): raise Foreign("a key twice in one object")
    need(all(type(x) is not bool or key in ("vacuous", "orbit") for key, x in found), "a truth value")
    return dict(found)
def plain(x):
    "A number as ECMAScript prints it."
    text = repr(x).removesuffix(".0")
    exponent = int(text.partition("e")[2] or 99)
    return format(Decimal(text), "f") if -7 < exponent < 21 else text.replace("e-0", "e-")
def canonical(x):
    if isinstance(x, dict): return "{%s}" % ",".join(f"{canonical(k)}:{canonical(x[k])}" for k in sorted(x))
    if isinstance(x, (list, tuple)): return "[%s]" % ",".join(map(canonical, x))
    return plain(x) if type(x) in (int, float) else json.dumps(x, ensure_ascii=False)
def size(x):
    "The value of a number, or of the digits that stand for a large one."
    if type(x) in (int, float): return Fraction(x)
    need(type(x) is str and re.fullmatch("[1-9][0-9]{15,20000}", x), "neither a number nor the digits of a large one")
    return Fraction(int(x))
def most(limit): return lambda x: 0 <= size(x) <= limit
def least(limit): return lambda x: size(x) >= limit
def match(found, expected, at):
    "No field is missing (but those with a question mark) or unknown; functions tell what may stand there."
    if callable(expected): need(expected(found), f"{at}: {canonical(found)[:60]} does not follow")
    elif type(expected) is dict:
        names = {key.rstrip("?"): value for key, value in expected.items()}
        must = {key for key in expected if key[-1] != "?"}
        need(type(found) is dict and must <= found.keys() <= names.keys(), f"{at}: unknown or missing fields")
        for key in found: match(found[key], names[key], f"{at}.{key}")
    elif type(expected) in (list, tuple):
        need(type(found) is list and len(found) == len(expected), at)
        for i, x in enumerate(found): match(x, expected[i], f"{at}[{i}]")
    else: need(type(found) is type(expected) and found == expected, f"{at}: {canonical(found)[:60]} does not follow")

# ---- Threefry-2x32 with 20 rounds: many counters at once, in 64-bit lanes of one integer -------------
def threefry(key, high, low, count):
    "Both words of the counters (high, low), (high, low + 1), ..., in turn."
    out, keys, top = array.array("I"), (key[0], key[1], key[0] ^ key[1] ^ 0x1BD11BDA), 0xFFFFFFFF
    for at in range(low, low + count, 2048):
        lanes = range(at, min(at + 2048, low + count))
        ones = int.from_bytes(b"\1\0\0\0\0\0\0\0" * len(lanes), "little")
        b = int.from_bytes(struct.pack(f"<{len(lanes)}Q", *(i + key[1] & top for i in lanes)), "little")
        a, mask = ones * (high + key[0] & top), ones * top
        for group in range(1, 6):
            for by in ((17, 29, 16, 24), (13, 15, 26, 6))[group % 2]:
                a = a + b & mask
                b = (b << by | b >> 32 - by) & mask ^ a
            a, b = a + ones * keys[group % 3] & mask, b + ones * (keys[(group + 1) % 3] + group & top) & mask
        out.frombytes((a | b << 32).to_bytes(8 * len(lanes), "little"))
    if sys.byteorder == "big": out.byteswap()
    return out
def key_for(*parts):
    data, h = canonical(parts).encode(), (0x65717569, 0x68617264)
    blocks = [struct.unpack("<2I", data[at:at + 8].ljust(8, b"\0")) for at in range(0, len(data), 8)]
    for m in (*blocks, (len(data), 1)):
        x = threefry(h, *m, 1)
        h = (x[0] ^ m[0], x[1] ^ m[1])
    return h
def fold_in(key, part): return tuple(threefry(key, part >> 32, part & 0xFFFFFFFF, 1))
def density(x): return math.exp(-x * x / 2)
EDGE = [0.00991256303533646 / density(3.4426198558966523), 3.4426198558966523]
while len(EDGE) < 128: EDGE.append(math.sqrt(-2 * math.log(0.00991256303533646 / EDGE[-1] + density(EDGE[-1]))))
def normals(key, count):
    "A ziggurat of 128 layers; what a number needs beyond its two words comes from counters of its own."
    words = threefry(key, 2**31, 0, count)
    return [normal(key, i, words[2 * i] & 255, ((words[2 * i] >> 8) + (words[2 * i + 1] + 0.5) * 2**-32) * 2**-24)
            for i in range(count)]
def normal(key, index, layer, u):
    attempt = itertools.count(3 * 2**30)
    def uniform():
        high, low = threefry(key, next(attempt), index, 1)
        return ((high >> 5) * 2**26 + (low >> 6)) / 2**53
    while True:
        sign, edge, following = 1 - 2 * (layer >> 7), EDGE[layer & 127], (EDGE + [0])[(layer & 127) + 1]
        if u < following / edge: return sign * u * edge
        if layer & 127 == 0: break
        low, high = density(edge), density(edge * (following / edge))
        if low + uniform() * (high - low) < density(u * edge): return sign * u * edge
        u = uniform() * 256
        layer, u = int(u), u - int(u)
    while True:  # the tail
        beyond = -math.log(1 - uniform()) / EDGE[1]
        if -2 * math.log(1 - uniform()) > beyond * beyond: return sign * (EDGE[1] + beyond)
def coins(key, p):
    "Words of 32 independent bits of probability p: its binary digits against those of uniform numbers."
    source = (word for at in itertools.count(0, 4096) for word in threefry(key, 2**31, at, 4096))
    if p == 0.5: yield from source
    numerator, denominator = float(p).as_integer_ratio()
    while True:
        undecided, below = 0xFFFFFFFF, 0
        for digit in bin(numerator)[2:].zfill(denominator.bit_length() - 1):
            drawn = next(source)
            if digit == "1": below |= undecided & ~drawn
            undecided &= drawn if digit == "1" else ~drawn
            if not undecided: break
        yield below
def drawn_graph(n, source):
    "Its pairs i < j as bits, row by row; every graph begins with a fresh word."
    return sum(next(source) << 32 * i for i in range(-(-n * (n - 1) // 64)))

# ---- The statement and its other notions ---------------------------------------------------------
Truth = namedtuple("Truth", "method count dimension about evidence norm delta model absolute square exact apart",
                   defaults=(Fraction(1), None, "CSQ", None, None, False, 0))
def written(x): return Fraction(repr(x))
def log2(x):
    "Exact for powers of two, else just below: logarithms are claimed to twelve digits, rounded down."
    a, b = x.numerator, x.denominator
    if a & a - 1 == 0 == b & b - 1: return Fraction(a.bit_length() - b.bit_length())
    return Fraction((Decimal(a).ln() - Decimal(b).ln()) / Decimal(2).ln() - SAFE)
def required(truth, tau2, rho2, success):
    "floor(Q) + 1, or 0 where nothing is claimed."
    def excluded(t2):  # the largest share of the members that correlate above t with one query
        spectral = 1 / (truth.dimension * t2)
        if truth.delta is None or t2 <= truth.delta: return spectral
        return min(spectral, max(Fraction(1), (1 - truth.delta) / (t2 - truth.delta)) / truth.count)
    left = success - excluded(rho2)
    return 0 if left < 0 else left // excluded(tau2) + 1
def apart(evidence, count, correlation):
    "The length of the list of members that the evidence names, no two of which correlate above one in so many."
    chosen = evidence.get("apart", [])
    need(type(chosen) is list and all(type(x) is int and 0 <= x < count for x in chosen), "evidence.apart")
    pairs = itertools.combinations(chosen, 2)
    need(all(i < j and len(chosen) * correlation(j, i) <= 1 for i, j in pairs), "evidence.apart: too near")
    return len(chosen)
def hold(rows, t, tau2):
    "Is the value of every notion at most what its reason gives, and that reason a true one?"
    square, d, apart = t.square or 1 / t.dimension, t.dimension, t.delta is not None and t.delta < 1
    need([row["notion"].partition(":")[0] for row in rows] == [
        "spectral", "sda", "sda", "vstat", "rsd", "cross-predictability", "sq-dim"] and
        rows[1]["notion"] == rows[2]["notion"] and rows[1]["quantity"] != rows[2]["quantity"], "notions: not the seven rows")
    for row in rows:
        kind, _, text = row["notion"].partition(":")
        x, value, quantity = Fraction(text or 1), size(row["value"] or 0), kind + " " + row["quantity"]
        absolute, against = f"sda SDA({text}), absolute correlations", f"vstat VSTAT({text}): queries, labels against noise"
        limit = {
            ("spectral spectral query dimension d_eff", "D / lambda_max(M)"): d,
            (f"sda SDA({text}), signed correlations", "gamma d_eff"): x * d,
            (absolute, "gamma D / lambda_max(|M|)"): x * t.count / t.absolute if t.absolute else 0,
            (absolute, "D (gamma - delta) / (1 - delta), no correlation above delta"):
                apart and max(0, t.count * (x - t.delta) / (1 - t.delta)),
            (absolute, "only M itself is bounded, not the absolute values"): None,
            (against, "more than d_eff / (3 m)"): t.model == "SQ" and d / (3 * x) // 1 + 1,
            (against, "labels are real numbers, not +-1"): None,
            ("rsd RSD: queries, labels from noise, alpha = 0.9", "more than (2 alpha - 1) tau^2 d_eff"):
                Fraction(4, 5) * tau2 * d // 1 + 1,
            ("cross-predictability 1 / cross-predictability", "at least d_eff"): d,
            ("cross-predictability 1 / cross-predictability", "D^2 / ||M||_F^2"): 1 / square,
            ("sq-dim SQ dimension", "a greedy list, d^2 (d - 1) E <f, g>^2 < 1"):
                value if value**2 * (value - 1) * square < 1 else 0,
            ("sq-dim SQ dimension", "the greedy list of the evidence, no two above 1/d"): t.apart,
            ("sq-dim SQ dimension", "any min(D, 1/delta) members, no correlation above delta"):
                apart and 1 / max(t.delta, Fraction(1, t.count)),
        }[quantity, row["reason"]]
        full = limit and limit - value <= limit / 2**52 and (value == t.count if kind == "sq-dim" else t.exact)
        need(row.keys() == {"notion", "quantity", "value", "bound", "reason"}, "notions: unknown or missing fields")
        bounds = [None] if limit is None else ["lower", "exact"][:1 + bool(full)]
        need(row["bound"] in bounds and (row["value"] is None if limit is None else 0 <= value <= limit),
             f"{quantity}: {row['value']}, {row['bound']}, does not follow")
    return True
def verify(document, labels):
    if type(document) is not dict or document.get("schema") != SCHEMA: raise Foreign(f"no document of schema {SCHEMA}")
    family, evidence, asked, rows = (document.get(x) for x in ("family", "evidence", "statement", "notions"))
    name, params, form = family["id"], family["params"], asked["normalisation"]
    need(0 < asked["tau"] <= 1 and 0 < asked["rho"] <= 1, "tau, rho")
    if name not in FAMILIES: raise Undecided(f"certificates of the family {name} are not checked here")
    truth = FAMILIES[name](params, evidence, labels)
    count, true, delta, longest = truth.count, truth.dimension, truth.delta, {"relative": 1, "absolute": truth.norm}[form]
    need(longest, "no bound on the norms is known")
    tau2, rho2 = written(asked["tau"])**2 / longest, written(asked["rho"])**2
    def answer(found, success):
        best, nothing = required(truth, tau2, rho2, success), found["queries"] == 0
        whole = lambda x: size(x).denominator == 1 and 0 <= size(x) <= best
        return {"queries": whole, "log2Queries": None if nothing else most(log2(max(best, Fraction(1)))), "vacuous": nothing}
    table = [] if rows is None else [list(dict.fromkeys(row["notion"] for row in rows))]
    match(document, {
        "schema": SCHEMA, "family": {"id": name, "params": params}, "model": truth.model,
        "functions": {"count": count and str(count), "log2": count and most(log2(Fraction(count)))},
        "gram": {"method": truth.method, "lambdaMax": count and (lambda x: x is None or size(x) >= count / true),
                 "maxAbsCorrelation": None if delta is None else lambda x: delta <= x <= 1},
        "dimension": {"spectral": most(true), "log2": most(log2(true))},
        "statement": {
            "tau": asked["tau"], "rho": asked["rho"], "normalisation": form, "space": "L2",
            **dict(zip(("class", "members", "training"), truth.about)),
            **answer(asked, 1), "bound": ("spectral", "pairwise").__contains__,
            "randomised": [{"success": x, **answer(found, written(x))} for x, found in zip((0.5, 0.9), asked["randomised"])]},
        "confidence": 0.99 if truth.method == "monte-carlo" else 1, "evidence": truth.evidence,
        "digest": "%08x%08x" % key_for("certificate", name, params, asked["tau"], asked["rho"], form, *table, evidence),
        **({"search": {"steps": evidence["steps"], "start": evidence["start"], "end": document["dimension"]["spectral"]}}
           if name == "network" else {}),
        "notions?": lambda rows: hold(rows, truth, tau2)}, "certificate")
# ---- gnn-degree-parity: d_eff = 1 / max Pr[pi = v] -------------------------------------------------
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
    n, p = params["n"], written(params["p"])
    affordable(n, 13, "exact laws above n = 13")
    counts, total = parity_counts(n, p), p.denominator ** (n * (n - 1) // 2)
    best, cells = max(counts.values()), [0] * 2**(n - 2)
    for v, x in counts.items(): cells[v >> 2] += x  # sets without 0 and 1 stand for all classes
    sums = [abs(x) for x in transform(cells)]
    delta, likeliest = Fraction(max(sums[1:]), total), next(v for v in counts if counts[v] == best)
    expected = {"kind": "counts", "maxParityVectorProbability": least(Fraction(best, total)), "likeliest": likeliest,
                "maxAbsCorrelation": least(delta), "total": str(total), "counts": [[v, str(x)] for v, x in counts.items()],
                "apart?": evidence.get("apart")}
    if evidence["kind"] == "law":
        def near(law):
            stated = dict(law)
            return len(stated) == len(law) and stated.keys() <= counts.keys() and all(
                abs(Fraction(stated.get(v, 0)) - Fraction(x, total)) <= slack * Fraction(x, total) + Fraction(10)**-250
                for v, x in counts.items())
        slack = Fraction(evidence["relativeError"])
        expected = {"kind": "law", "relativeError": most(Fraction(1, 1000)), "law": near, "maxAbsCorrelation": least(delta),
                    "apart?": evidence.get("apart"),
                    "maxParityVectorProbability": least(Fraction(best, total) / (1 + slack)), "likeliest": counts.__contains__}
    return {"method": "exact", "dimension": Fraction(total, best), "delta": delta, "evidence": expected, "exact": evidence["kind"] == "counts",
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
        "kind": "window", "lowest": lowest, "size": size, "relativeError": most(Fraction(1, 1000)), "maxAbsCorrelation": least(delta),
        "maxParityVectorProbability": lambda x: best - 2 * error <= Fraction(x) * (1 + slack), "likeliest": lambda v: (
            law[v] >= Fraction(evidence["maxParityVectorProbability"]) * (1 - slack) - error)}}
def samples(params, evidence):
    "The samples are drawn again; then Pr[Bin(N, q) <= the largest count] is at most this certificate's delta."
    n, p, count, seed = params["n"], params["p"], evidence["samples"], evidence["seed"]
    need(re.fullmatch("[125]0*", str(count)) and n > 15 and seed >= 0, "evidence.samples")
    b, j, bits, q = written(p).denominator, len(str(count)) - 1, n * (n - 1) // 2, Decimal(evidence["maxParityVectorProbability"])
    share = Fraction(1, 900 * n * (n + 1) * (b - 1) * b * (b + 1) * (j + 1) * (j + 2) * (seed + 1) * (seed + 2))
    affordable(count * (20 * n + bits * (1 if p == 0.5 else 20)), 10**9, "so many samples")
    incident = [sum(1 << bit for bit, pair in enumerate(itertools.combinations(range(n), 2)) if i in pair) for i in range(n)]
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
    return {"method": "monte-carlo", "dimension": 1 / Fraction(q), "evidence": {
        "kind": "samples", "maxParityVectorProbability": lambda q: 0 < q <= 1 and tail * (1 + SAFE) <= Decimal(evidence["delta"]),
        "likeliest": lambda v: cells[v] == largest, "samples": count, "largestCount": largest, "seed": seed,
        "delta": most(share), "limitedBy": "samples" if largest < 10 else "family"}}

# ---- Hidden planes: Schur's bound min over l of dim H_l / share_l, or the Gram matrix of listed ones ----
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
    return energy * math.comb(s, n) * up(a, s) * up(b, n) / (up(a, n) * up(a + b + 4 * n, s - n) * up(a + b + 2 * n - 2, n))
def share(d, k, l, nodes, steps=60):
    "An upper bound on the share of sum_i F(U (A X)_i) in harmonics of degree l: degree t of correlation r weighs r^t."
    def part(r, m, n):
        if r == 1: return angle_share(d, m, n)
        terms = [degree_share(d, m, s, n) for s in range(n, n + steps)]
        return sum(x * r**(m + 2 * (n + i)) for i, x in enumerate(terms)) + (
            angle_share(d, m, n) - sum(terms)) * r**(m + 2 * (n + steps))
    angles = angle_weights(k)[1]
    norm = sum(w * (1 if r == 1 else sum(angles[m] * degree_share(2, m, s, 0) * r**(m + 2 * s) for m in range(k, 9 * k, 2 * k)
                                         for s in range(steps))) for r, w in nodes.items())
    return sum(w * angles[m] * part(r, m, (l - m) // 2) for r, w in nodes.items() for m in range(k, l + 1, 2 * k)) / norm
def schur(d, k, nodes, occurs=lambda l: True):
    "A lower bound on the least dim H_l / share_l; for further l the share is at most what is left."
    best, covered, l = None, Decimal(0), k
    while best is None or harmonics(d, l) < best * Fraction(max(Decimal(0), 1 - covered) + SAFE):
        here = share(d, k, l, nodes)
        bound = Fraction(harmonics(d, l)) / Fraction(here * (1 + Decimal("1e-15")) + SAFE)
        if occurs(l): best = min(best or bound, bound)
        covered, l = covered + here, l + 2
    return best
def product(x, y): return math.fsum(map(mul, x, y))
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
def definite(matrix, shift):
    "Does Cholesky's elimination of shift I - M succeed?"
    rows = []
    for i, row in enumerate(matrix):
        made = []
        for j, other in enumerate(rows): made.append((-row[j] - sum(map(mul, made, other))) / other[j])
        pivot = shift - row[i] - sum(map(mul, made, made))
        if pivot <= 0: return False
        rows.append(made + [math.sqrt(pivot)])
    return True
def largest_eigenvalue(matrix, error, low, high):
    "Is it between low and high, whatever the entries' errors and elimination's own?"
    slack = len(matrix) * (error + 2**-51 * (len(matrix) + 3) * high)
    need(definite(matrix, high - slack), "the largest eigenvalue is not shown to be below its bound")
    need(not definite(matrix, low + slack), "the largest eigenvalue is not shown to be above its estimate")
def normalised(count, inner):
    "The Gram matrix of functions by their inner products, row by row, a bound on its errors, the largest entry, the norms."
    norms, matrix, off, largest = [inner(i, i) for i in range(count)], [], 0.0, 0.0
    for i in range(count):
        matrix.append([])
        for j in range(i):
            value, doubt = inner(i, j)
            scale = math.sqrt(norms[i][0] * norms[j][0])
            wrong = doubt / scale + sum(e / n for n, e in (norms[i], norms[j]))
            matrix[i].append(value / scale)
            off, largest = max(off, wrong), max(largest, abs(value / scale) + 1.1 * wrong)
        matrix[i].append(1.0)
    return matrix, 1.1 * off, largest, norms
def listed(count, inner, evidence, about, form, norm=None, units=None):
    low, high, bound = (evidence[x] for x in ("lambdaLower", "lambdaUpper", "bound"))
    matrix, off, largest, norms = normalised(count, inner)
    quotients = bound == "collatz-wielandt"  # a bound for absolute values as well
    if quotients: matrix = [[abs(x) for x in row] for row in matrix]
    largest_eigenvalue(matrix, off, low, min(high, count * (1 + 1e-9)))
    delta, norms = Fraction(min(1.0, largest)), [[n - e for n, e in norms], [n + e for n, e in norms]]
    return Truth("closed-form", count, Fraction(count) / Fraction(high), about, {
        **form, "seed": evidence["seed"], "lambdaLower": lambda x: 0 < x <= high, "lambdaUpper": most(count), "bound": (
            "factorisation", "collatz-wielandt").__contains__, "maxAbsCorrelation": least(delta), "entryError": lambda x: off / 1.1 <= x < 1e-3, "apart?": evidence.get("apart"),
        **({"norms": [most(units * min(norms[0])), least(units * max(norms[1]))]} if units else {})},
        norm, delta, absolute=Fraction(high) if quotients else None,
        apart=apart(evidence, count, lambda i, j: abs(matrix[i][j]) + off))
def listed_polygons(k, planes, images, evidence, about, norm, units=None):
    scope = (f"{about}, for {len(planes)} planes drawn from seed {evidence['seed']}", "uniform", "other-functions")
    return listed(len(planes), lambda i, j: polygons(k, images(planes[i], planes[j])), evidence, scope, {"kind": "listed"}, norm, units)
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
def gnn_plane(params, evidence, _):
    n, d, k, graph, count = (params.get(x) for x in ("n", "d", "k", "graph", "count"))
    need(1 <= n <= 256 and d > 1 and k % 2 == 0 < k <= 100, "family.params")
    rows, nodes = graph_of(n, graph, evidence.get("seed") if count else None), Counter()
    for a, b in itertools.product(rows, repeat=2):
        root = Decimal(a.bit_count() * b.bit_count()).sqrt()
        if a & b: nodes[(a & b).bit_count() / root] += root
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

# ---- Permutation groups: their elements, one by one -------------------------------------------------
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
    "The mean over the group of the product over cycles of (1 - t^size)^-1, or of 1 + t^size where the sign is 1, each so often."
    total = [0] * (length + 1)
    for cycles, number in Counter(map(cycles_of, group)).items():
        series = [1] + [0] * length
        for size in cycles * times:
            for i in range(size, length + 1)[::-sign]: series[i] += series[i - size]
        total = [a + number * b for a, b in zip(total, series)]
    return [x // len(group) for x in total]
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
        def images(x, y): return [(1 / len(group), [product(u, [v[i] for i in g]) for u in x for v in y]) for g in group]
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
        "kind": "all-planes", "harmonicDimension": str(lowest), "meanNorm": most(Fraction(mean)), "largestDegree": degree,
        "coveredShare": most(Fraction(sum(shares.values()))), "gain": lambda x: 1 <= gain <= bound / lowest}, norm)

# ---- network: sums over views v of sum_m a_m relu(w_m . T_v x), x standard normal --------------------------
def views_of(params, seed):
    "Every T_v as rows of (place, factor); the length of x; correlations of views; what the class is over, in words."
    student, n, d, columns, graph = (params.get(x) for x in ("student", "n", "d", "columns", "graph"))
    if student == "mlp": return [[[(i, 1)] for i in range(d)]], d, Counter({1: 1}), f"on R^{d}"
    if student == "gnn":
        rows, nodes = [x for x in graph_of(n, graph, seed, "graph of searched networks") if x], Counter()
        for a, b in itertools.product(rows, repeat=2):
            root = math.sqrt(a.bit_count() * b.bit_count())
            if a & b: nodes[(a & b).bit_count() / root] += root
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
    first = (lambda i, j: (0, int(i != j))) if student == "deep-sets" else (lambda i, j: min((g[i], g[j]) for g in group))
    label = {pair: first(*pair) for pair in pairs}
    for i in range(n):
        views.append([row for x in sorted(set(label.values())) if (own := [j for j in range(n) if label[i, j] == x]) for row in spread(own)])
    need(len({len(view) for view in views}) == 1, "group-linear asks for a transitive group")
    return views, n * columns, Counter({1: 1}), f"of means over the orbits around a point, added up over {on} under {name}"
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
    student, width, orbit, count = params["student"], params["width"], params.get("orbit", False), params.get("members", 1)
    if student == "gin" or params["layers"] > 1: raise Undecided("deep networks, whose claims hold with a probability, are not checked here")
    seed, steps, restart, start, text = (evidence[x] for x in ("seed", "steps", "restart", "start", "members"))
    need(all(type(x) is int and 0 <= x <= limit for x, limit in ((seed, 2**53), (steps, 10**6), (restart, 999))), "evidence")
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
    form = {"kind": "orbit" if orbit else "members", "steps": steps, "restart": restart, "start": start, "members": text}
    made = f"{width} relus without biases {over},"
    if not orbit:
        affordable(count**2 * width**2 * len(views)**(1 if alike else 2) * (inputs + 8), 10**9, "so many inner products")
        own, other = (searched_gram(units_of(x, count, width, p, views, inputs), width, inputs, alike) for x in (weights, random))
        matrix, off, *_ = normalised(count, other)
        largest_eigenvalue(matrix, off, count / start * (1 - 1e-6), count / start * (1 + 1e-6))
        about = f"the {count} networks listed, sums of {made} each less its mean, inputs standard normal"
        return listed(count, own, evidence, (about, "uniform", "none"), form)
    need(student != "deep-sets" and (student != "group-linear" or len(views) == len(views[0]) // params["columns"]), "no closed form")
    fixed, plain_view = None, [[[(i, 1)] for i in range(p)]]
    if averaged:
        series = mean_series(elements(params["group"], params.get("files")), 60, -1, params["columns"])
        fixed = [x - y for x, y in zip(series, [0, 0] + series)]
    true, random = (rotations(units_of(x, 1, width, p, plain_view, p)[0], p, nodes, fixed) for x in (weights, random))
    need(abs(random - start) <= 1e-6 * start, "the dimension of the random weights is another")
    about = f"all rotations of the network listed, a sum of {made} each less the mean over all of these, inputs standard normal"
    return Truth("schur", None, Fraction(max(1.0, true)), (
        about + ", wherever the average over the group is not constant" * averaged, "norm-weighted" if averaged else "uniform-rotations",
        "none"), {**form, "seed": seed, "dimension": lambda x: 1 <= x <= max(1.0, true)})

# ---- Orthogonal functions ----------------------------------------------------------------------------
def orthogonal(count, about, evidence, norm):
    return Truth("orthogonal", count, Fraction(count), about, evidence, norm, Fraction(0), "CSQ", Fraction(1), Fraction(1, count), True)
def frame_parity(params, evidence, _):
    name, files, k, frame = (params.get(x) for x in ("group", "files", "k", "frame"))
    known = re.fullmatch("(symmetric|alternating):([1-9][0-9]{0,5})", name)  # they move a set to every other of its size
    group = None if known else elements(name, files)
    n = int(known[2]) if known else len(group[0])
    need(k % 2 == 0 < k <= n and not (known and files), "family.params")
    affordable(n, 10**5, "so many points")
    what, subsets = f"the parities of 2^{k} relu units on {k} of {n} coordinates, averaged over ", math.comb(n, k)
    if frame == "sort-abs":
        return orthogonal(subsets, (f"{what}the frame of {name} that sorts |x|", "uniform", "same"),
                          {"kind": "subsets", "subsets": str(subsets)}, None)
    need(frame == "reynolds", "frame")
    orbits = 1 if known else mean_series(group, k, 1)[k]
    order = math.factorial(n) // (1 + (known[1] == "alternating")) if known else len(group)
    angles = [(math.acos(1 - 2 * j / k), math.comb(k, j) * (-1)**j) for j in range(k + 1)]
    norm = 2**k * math.fsum(c * (math.sin(a) + (math.pi - a) * math.cos(a)) / (2 * math.pi) for a, c in angles)
    return orthogonal(orbits, (f"{what}the group {name}", "uniform-orbits", "same-functions-another-law"), {
        "kind": "orbits", "orbits": str(orbits), "groupOrder": str(order), "subsets": str(subsets)},
        Fraction(norm) * (1 + Fraction(1, 10**9)) if k <= 8 else None)
def polynomial(params, evidence, _):
    kind, m, degree = params["invariants"], params["variables"], params["degree"]
    rotation = re.fullmatch("rotations:([1-9][0-9]{0,5})", kind)
    group = {"sign-flips": f"(Z/2)^{m}, signs of the coordinates", "hermite": "none", "legendre": "none",
             "power-spectrum": f"Z/{2 * m + 1}, cyclic shifts of the signal"}.get(kind) or rotation and (
             f"O({rotation[1]})^{m}, each vector by its own orthogonal matrix")
    need(group and 1 <= degree <= m <= 10000, "family.params")
    about = f"the products of h_1 of {degree} different ones of {m} independent invariants ({kind}; group: {group}), single terms"
    terms = math.comb(m, degree)
    return orthogonal(terms, (about, "uniform", "other-functions"), {"kind": "multilinear", "terms": str(terms)}, Fraction(1))

# ---- custom: the functions' values on samples, Chernoff's limit ----------------------------------------
def read_labels(path):
    "The matrix of a .npy file: functions in rows, samples in columns."
    with open(path, "rb") as file: data = file.read()
    start, width = (10, 2) if data[6] == 1 else (12, 4)
    start += int.from_bytes(data[8:8 + width], "little")
    head = re.search(r"'descr': *'[<|]([fiu][1248])', *'fortran_order': *(\w+), *'shape': *\((\d+), (\d+)\)",
                     data[:start].decode("latin1"))
    flat = array.array({"f8": "d", "f4": "f", "i1": "b", "u1": "B", "i2": "h", "i4": "i"}[head[1]], data[start:])
    rows, columns = int(head[3]), int(head[4])
    return [list(flat[i::rows] if head[2] == "True" else flat[i * columns:(i + 1) * columns]) for i in range(rows)]
def mean_limit(mean, end, enough):
    "Where the relative entropy of mean and limit reaches `enough`, on the side of `end`."
    mean, end = Decimal(mean.numerator) / mean.denominator, Decimal(end)
    inside, entropy = mean, lambda a, b: a * (a / b).ln() if a else a
    for _ in range(150):
        q = (inside + end) / 2
        if entropy(mean, q) + entropy(1 - mean, 1 - q) < enough: inside = q
        else: end = q
    return Fraction(end)
def custom(params, evidence, labels):
    functions, values, bound = params["functions"], params["values"], params["bound"]
    samples, high, low, squares = (evidence[x] for x in ("samples", "lambda", "lambdaEstimate", "meanSquare"))
    uniform = params.get("law") == "uniform"
    exponent, signs = evidence.get("exponent", 0), values == "signs"
    need((bound == 1 if signs else values == "real" and bound > 0) and high > 0 < low and squares > 0 and
         params.get("law", "uniform") == "uniform", "family.params")
    if labels is None: raise Undecided("the evidence is about labels: --labels FILE names them")
    need((len(labels), {len(x) for x in labels}) == (functions, {samples}), "the labels have another shape")
    need(all(abs(y) == 1 if signs else abs(y) <= bound for row in labels for y in row), "a label is out of range")
    order = min(functions, samples)
    affordable(order**2 * max(functions, samples, 2 * order), 4 * 10**8, "so many labels")
    digests = b"".join(hashlib.sha256(struct.pack(f"<{samples}d", *row)).digest() for row in labels)
    rows = [[math.ldexp(y, -exponent) for y in row] for row in labels]
    near = lambda i, j: abs(product(rows[i], rows[j])) / math.sqrt(product(rows[i], rows[i]) * product(rows[j], rows[j]))
    together = apart(evidence, functions, lambda i, j: near(i, j) + 2**-50) if uniform else 0
    if samples < functions: rows = [*zip(*rows)]
    matrix = [[product(x, y) / samples for y in rows[:i + 1]] for i, x in enumerate(rows)]
    largest_eigenvalue(matrix, 2**-51 * max(row[-1] for row in matrix), low, high)
    total, scale = sum(Fraction(y)**2 for x in rows for y in x) / samples, functions * (Fraction(bound) / Fraction(2)**exponent)**2
    enough = Decimal(100 if signs else 200).ln() / samples
    means, limit = [min(Fraction(1), Fraction(x) / scale) for x in (high, squares)], (lambda x, *_: x) if uniform else mean_limit
    upper, lower = limit(means[0], 1, enough), 1 if signs else limit(means[1], 0, enough)
    about = (f"the {functions} functions given, of values {'+1 and -1' if signs else f'at most {plain(bound)}'}, "
             f"under the {'uniform law on the inputs given' if uniform else 'law that the samples are from'}")
    return Truth("exact" if uniform else "monte-carlo", functions, max(Fraction(1), lower / upper), (about, "uniform" if signs else "norm-weighted", "same"), {
        "kind": "labels", "samples": samples, "sha256": hashlib.sha256(digests).hexdigest(), "exponent?": exponent, "lambda": high,
        "lambdaEstimate": low, "meanSquare": most(total), **({"apart?": evidence.get("apart")} if uniform else {})},
        Fraction(bound)**2 * ABOVE, model="SQ" if signs else "CSQ", apart=together)

FAMILIES = {"gnn-degree-parity": degree_parity, "gnn-hidden-plane": gnn_plane, "cnn-hidden-plane": cnn_plane,
            "frame-parity": frame_parity, "invariant-polynomial": polynomial, "custom": custom,
            "network": network}
def main(path, *options):
    try:
        with open(path, encoding="utf-8-sig") as file: text = file.read()
        try: document = json.loads(text, parse_int=number, parse_float=number, object_pairs_hook=pairs, parse_constant=foreign)
        except (ValueError, RecursionError) as error: raise Foreign(str(error)[:100]) from None
        verify(document, read_labels(options[1]) if options[:1] == ("--labels",) else None)
    except Invalid as error: print(f"invalid: {error}"); return 1
    except (Foreign, OSError) as error: print(f"not a certificate: {error}"); return 2
    except Undecided as error: print(f"not decided: {error}"); return 3
    except (ArithmeticError, AttributeError, LookupError, StopIteration, TypeError, ValueError) as error:
        print(f"invalid: a field is not of its kind ({type(error).__name__}: {error})"); return 1
    print("valid"); return 0
if __name__ == "__main__": sys.exit(main(*sys.argv[1:]))
