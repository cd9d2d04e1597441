#!/usr/bin/env python3
"""A second verifier of equihard certificates: standard library only, written from the theorems of docs/theory.md.

It asks one thing: is every claim at most the truth? Exit code 0: valid; 1: invalid; 2: not a certificate; 3: not
decided (too large, or labels are missing), never "valid".       python3 verify.py FILE [--labels FILE.npy]
"""
import array, hashlib, itertools, json, math, re, struct, sys, zipfile
from collections import Counter
from decimal import Decimal, MAX_EMAX, MIN_EMIN, getcontext
from fractions import Fraction
from functools import lru_cache
from operator import mul

getcontext().prec, getcontext().Emax, getcontext().Emin = 60, MAX_EMAX, MIN_EMIN
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899863")
SAFE = Decimal("1e-40")  # far above what any chain of 60-digit operations here loses
ABOVE = 1 + Fraction(1, 10**12)  # the same for sums in float64 that are only used as bounds
class Invalid(Exception): "A claim does not hold."
class Undecided(Exception): "Nothing is said."
class Foreign(Exception): "Not a certificate."

def need(ok, what):
    if not ok: raise Invalid(what)
def affordable(work, most, what):
    if work > most: raise Undecided(f"too large: {what}")

# ---- Documents: strict JSON, and its canonical text with numbers as ECMAScript prints them ---------------------------
def number(text):
    x = float(text)
    need(math.isfinite(x) and not (x == 0 and text[0] == "-"), f"{text[:40]} is no plain number")
    return int(x) if x.is_integer() and abs(x) < 2**53 else x
def foreign(constant): raise Foreign(f"{constant} is not JSON")
def pairs(found):
    if len(dict(found)) < len(found): raise Foreign("a key twice in one object")
    need(all(type(x) is not bool or key == "vacuous" for key, x in found), "a truth value where none belongs")
    return dict(found)
def plain(x):
    if isinstance(x, int): return str(x)
    sign, digits, exponent = Decimal(repr(x)).normalize().as_tuple()
    text, point = "".join(map(str, digits)), len(digits) + exponent
    if len(digits) <= point <= 21: text += "0" * (point - len(digits))
    elif 0 < point <= 21: text = f"{text[:point]}.{text[point:]}"
    elif -6 < point <= 0: text = "0." + "0" * -point + text
    else: text = text[0] + "." * (len(text) > 1) + text[1:] + f"e{point - 1:+d}"
    return "-" * sign + text
def canonical(x):
    if isinstance(x, dict): return "{" + ",".join(f"{canonical(k)}:{canonical(x[k])}" for k in sorted(x)) + "}"
    if isinstance(x, (list, tuple)): return "[" + ",".join(map(canonical, x)) + "]"
    return plain(x) if type(x) in (int, float) else json.dumps(x, ensure_ascii=False)
def fields(x, names):
    "The values of exactly these fields, of which those with a question mark may be missing."
    names, must = names.replace("?", "").split(), {n for n in names.split() if n[-1] != "?"}
    need(type(x) is dict and must <= set(x) <= set(names), f"unknown or missing fields, where {' '.join(names)} belong")
    return [x.get(name) for name in names]
def whole(text):
    "An integer in decimal digits, as documents hold large ones."
    need(type(text) is str and re.fullmatch("[1-9][0-9]{0,20000}", text), "not the digits of a positive integer")
    return int(text)

# ---- Threefry-2x32 with 20 rounds: many counters at once, in 64-bit lanes of one integer -----------------------------
def threefry(key, high, low, count):
    "Both words of the counters (high, low), (high, low + 1), ..., in turn."
    out, keys, top = array.array("I"), (key[0], key[1], key[0] ^ key[1] ^ 0x1BD11BDA), 0xFFFFFFFF
    for at in range(low, low + count, 2048):
        size = min(2048, low + count - at)
        ones = int.from_bytes(b"\1\0\0\0\0\0\0\0" * size, "little")
        b = int.from_bytes(struct.pack(f"<{size}Q", *(i + key[1] & top for i in range(at, at + size))), "little")
        a, mask = ones * (high + key[0] & top), ones * top
        for group in range(1, 6):
            for by in ((17, 29, 16, 24), (13, 15, 26, 6))[group % 2]:
                a = a + b & mask
                b = (b << by | b >> 32 - by) & mask ^ a
            a, b = a + ones * keys[group % 3] & mask, b + ones * (keys[(group + 1) % 3] + group & top) & mask
        out.frombytes((a | b << 32).to_bytes(8 * size, "little"))
    if sys.byteorder == "big": out.byteswap()
    return out
def key_for(*parts):
    data, h = canonical(parts).encode(), (0x65717569, 0x68617264)
    for at in range(0, len(data) + 8, 8):
        m = struct.unpack("<2I", data[at:at + 8].ljust(8, b"\0")) if at < len(data) else (len(data), 1)
        x = threefry(h, *m, 1)
        h = (x[0] ^ m[0], x[1] ^ m[1])
        if at >= len(data): return h
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
    "Words of 32 independent bits of probability p: its binary digits against those of uniform numbers, lane by lane."
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

# ---- The statement ---------------------------------------------------------------------------------------------------
def written(x): return Fraction(repr(x))
def log2(x): return (Decimal(x.numerator).ln() - Decimal(x.denominator).ln()) / Decimal(2).ln()
def log_claim(claim, x):
    "At most the logarithm of x, and that of this x."
    exact, digits = log2(x), 12 - int((log2(x) + 1).log10())
    room = Decimal(10)**-digits + (exact + 1) * Decimal(2)**-45
    need(type(claim) in (int, float) and exact - room <= Decimal(claim) <= exact + SAFE and round(claim, digits) == claim,
         f"the logarithm {claim}")
def below(x):
    "The largest float64 that is not above x."
    return float(x) if Fraction(float(x)) <= x else math.nextafter(float(x), -math.inf)
def required(d, pairwise, tau2, rho2, s):
    "floor(Q) + 1, or -1 where nothing is claimed; and the bound that gives it."
    def excluded(form, t2):
        if form is None or t2 <= form[1]: return 1 / (d * t2)
        return min(1 / (d * t2), max(Fraction(1), (1 - form[1]) / (t2 - form[1])) / form[0])
    def queries(form):
        left = s - excluded(form, rho2)
        return -1 if left < 0 else left / excluded(form, tau2) // 1 + 1
    spectral, both = queries(None), queries(pairwise)
    return (both, "pairwise") if both > spectral else (spectral, "spectral")

def verify(document, labels):
    if type(document) is not dict or document.get("schema") != "equihard.certificate/1":
        raise Foreign("no document of schema equihard.certificate/1")
    _, family, model, functions, gram, dimension, statement, confidence, evidence, digest, notions = fields(
        document, "schema family model functions gram dimension statement confidence evidence digest notions?")
    name, params = fields(family, "id params")
    tau, rho, norm, space, *about, queries, log_queries, vacuous, bound, randomised = fields(
        statement, "tau rho normalisation space class members training queries log2Queries vacuous bound randomised")
    need(0 < tau <= 1 and 0 < rho <= 1 and space == "L2" and norm in ("relative", "absolute"), "the statement's form")
    if notions is not None: raise Undecided("other notions of size are not checked here")
    need(digest == "%08x%08x" % key_for("certificate", name, params, tau, rho, norm, evidence), "digest: damaged")
    need(name in FAMILIES, "an unknown family")
    truth = FAMILIES[name](params, evidence, labels)  # checks the evidence; the bounds that it returns are true
    total, true, method = truth["count"], truth["dimension"], truth["method"]
    need(about == truth["about"], "what the statement is about")
    need((model, confidence) == (truth.get("model", "CSQ"), 0.99 if method == "monte-carlo" else 1), "model, confidence")
    count, logarithm = fields(functions, "count log2")
    need(count == (total and str(total)) and (total or logarithm is None), "functions.count")
    if total: log_claim(logarithm, Fraction(total))
    spectral, logarithm = fields(dimension, "spectral log2")
    d = Fraction(whole(spectral) if type(spectral) is str else spectral)
    need(1 - Fraction(1, 10**9) <= d <= true, f"d_eff is claimed to be {plain(float(d))}, it is {plain(float(true))}")
    said = truth.get("stated", true) or d  # what the evidence states, which is at most the truth
    need(said <= true and (d == said // 1 if type(spectral) is str else spectral == below(said)), "dimension.spectral")
    log_claim(logarithm, said)
    stated, largest, most = fields(gram, "method lambdaMax maxAbsCorrelation")
    delta = truth.get("delta")
    need(stated == method and (most is None) == (delta is None), "gram")
    need(most is None or 1 >= most >= delta and most == evidence.get("maxAbsCorrelation", 0), "maxAbsCorrelation")
    if total and (largest is not None or total < 10**300):  # Chernoff's limit is no float64: last digits may differ
        need(largest >= total / true and (abs(Fraction(largest) * said / total - 1) < Fraction(1, 2**50)
                                          if method == "monte-carlo" else largest == -below(-total / said)), "lambdaMax")
    need(total or largest is None, "lambdaMax of a continuum")
    longest = truth.get("norm") if norm == "absolute" else Fraction(1)  # an upper bound on squared norms
    need(longest, "no bound on the norms is known")
    answers = [{"success": 1, "queries": queries, "log2Queries": log_queries, "vacuous": vacuous}, *randomised]
    need([x["success"] for x in answers] == [1, 0.5, 0.9], "statement.randomised")
    for answer in answers:
        s, asked, logarithm, nothing = fields(answer, "success queries log2Queries vacuous")
        least, first = required(said, most is not None and (total, Fraction(most)) or None, written(tau)**2 / (
            longest * (1 + Fraction(1, 10**8) * (norm == "absolute"))), written(rho)**2, written(s))
        best, second = required(true, delta is not None and (total, delta) or None, written(tau)**2 / longest,
                                written(rho)**2, written(s))
        asked = whole(asked) if type(asked) is str else asked
        need(least <= (-1 if nothing is True else asked) <= best, f"{asked} queries, but {max(0, int(best))} follow")
        need((asked == 0) is nothing and (asked or logarithm is None), "vacuous")
        if asked: log_claim(logarithm, Fraction(asked))
        need(s != 1 or bound in (first, second), "statement.bound")

# ---- gnn-degree-parity: d_eff = 1 / max Pr[pi = v] -------------------------------------------------------------------
GRAPHS = {"undirected": "degree in S) of undirected simple graphs",
          "directed": "out-degree in S) of directed graphs without self-loops",
          "directed-loops": "out-degree in S) of directed graphs with self-loops"}
def degree_parity(params, evidence, _):
    n, edges, p, window = fields(params, "n edges p" + " window" * (params["edges"] != "undirected"))[:3] + [params.get("window")]
    need(0 < p < 1 and n > 2, "family.params")
    N, kind = n - (edges != "directed-loops"), evidence["kind"]
    truth = {"model": "SQ", "count": 2**(n - 2 if edges == "undirected" else N), "norm": Fraction(1), "about": [
        f"the degree parities chi_S(A) = (-1)^(number of nodes with {GRAPHS[edges]} on {n} nodes, edge probability {plain(p)}",
        "uniform", "same-functions-another-law"]}
    if edges != "undirected":
        need(kind == "window", "evidence.kind")
        return truth | {"method": "closed-form"} | window_truth(n, N, written(p), window, evidence)
    if kind == "samples": return truth | {"method": "monte-carlo", "dimension": 1 / sampled_limit(n, p, evidence)}
    if kind == "law": raise Undecided("too large: counts that are not given as integers")
    _, stated, likeliest, _, given, listed = fields(
        evidence, "kind maxParityVectorProbability likeliest maxAbsCorrelation total counts")
    affordable(n, 13, "exact counts above n = 13")
    counts, total = parity_counts(n, written(p)), written(p).denominator ** (n * (n - 1) // 2)
    need(kind == "counts" and given == str(total), "evidence.total")
    need(listed == [[v, str(x)] for v, x in counts], "evidence.counts are not the numbers of graphs")
    best = max(x for _, x in counts)
    need(likeliest == next(v for v, x in counts if x == best) and Fraction(stated) * total >= best, "the maximum")
    cells = [0] * 2**(n - 2)
    for v, x in counts: cells[v >> 2] += x  # sets without 0 and 1 stand for all classes
    return truth | {"method": "exact", "dimension": Fraction(total, best),
                    "delta": Fraction(max(map(abs, transform(cells)[1:])), total)}
def transform(a):
    "sum over v of (-1)^(u.v) a_v, for every u."
    if len(a) == 1: return a
    low, high = a[:len(a) // 2], a[len(a) // 2:]
    return transform([x + y for x, y in zip(low, high)]) + transform([x - y for x, y in zip(low, high)])
def parity_counts(n, p):
    """[(v, weighted number of graphs with pi = v)]. One vertex after the other gets its edges to those still to come, of
    which only the histogram of partial degrees matters; the numbers for all parity vectors of the finished ones lie side by
    side in one integer. Bits 0 and 1 of v are left out: n and the number of odd degrees, which is even, give them."""
    width, layer = (p.denominator ** (n * (n - 1) // 2)).bit_length() + 1, {(n,): 1}
    @lru_cache(None)
    def low(j): return ((1 << (width << n - 2)) - 1) // ((1 << 2 * (width << j - 2)) - 1) * ((1 << (width << j - 2)) - 1)
    def flipped(value, j): return (value & low(j)) << (width << j - 2) | value >> (width << j - 2) & low(j)
    for _ in range(n):
        moves, following = {}, {}
        for histogram, value in layer.items():
            own = max(j for j, h in enumerate(histogram) if h)
            rest = [h - (j == own) for j, h in enumerate(histogram)]
            for chosen in itertools.product(*(range(h + 1) for h in rest)):
                k = sum(chosen)
                to = tuple(h - x + y for h, x, y in zip((*rest, 0), (*chosen, 0), (0, *chosen))), own + k
                weight = math.prod(map(math.comb, rest, chosen)) * p.numerator**k * (
                    p.denominator - p.numerator)**(sum(rest) - k)
                moves[to] = moves.get(to, 0) + value * weight
        for (histogram, j), value in moves.items():
            following[histogram] = following.get(histogram, 0) + (value if j < 2 else flipped(value, j))
        layer = following
    (value,), counts = layer.values(), []
    for v in range(0, 2**n, 4):
        x = value >> width * (v >> 2) & (1 << width) - 1
        v |= 2 * (sum(v >> j & 1 for j in range(3, n, 2)) & 1)
        if x: counts.append((v | (n + v.bit_count()) & 1, x))
    return counts
def window_truth(n, N, p, window, evidence):
    "E chi_U = (1 - 2 p_U)^n for the sets U of a window of degrees, and their transform, in units of 2^-190."
    _, stated, likeliest, _, slack, lowest, size = fields(
        evidence, "kind maxParityVectorProbability likeliest maxAbsCorrelation relativeError lowest size")
    need(size == window and 0 <= lowest <= N + 1 - size and 0 <= slack < 1e-3, "evidence.size")
    affordable(size, 20, "windows of more than 20 degrees")
    ratio, mode = Decimal(p.numerator) / (p.denominator - p.numerator), int((N + 1) * p)
    degrees, sums = {mode: Decimal(1)}, [0]
    for j in range(mode, N): degrees[j + 1] = degrees[j] * (N - j) * ratio / (j + 1)
    for j in range(mode, 0, -1): degrees[j - 1] = degrees[j] * j / ((N - j + 1) * ratio)
    total, one = sum(degrees.values()), 1 << 190
    for j in range(lowest, lowest + size): sums += [x + int(degrees[j] / total * one) for x in sums]
    square, powers, rest = [one - 2 * x for x in sums], [one] * len(sums), n
    while rest:
        if rest & 1: powers = [x * y >> 190 for x, y in zip(powers, square)]
        square, rest = [x * x >> 190 for x in square], rest >> 1
    law, error = [Fraction(x, one * len(sums)) for x in transform(powers)], Fraction(1, 2**140)  # 10^8 n units are less
    need(law[likeliest] >= Fraction(stated) * (1 - Fraction(slack)) - error, "evidence.likeliest")
    rarest = min(degrees.values()) / total
    return {"dimension": 1 / min(Fraction(1), max(law) + error),
            "stated": 1 / min(Fraction(1), Fraction(stated) * (1 + Fraction(slack))), "delta": Fraction(min(1, (1 - 2 * rarest)**n * (1 + SAFE)))}
def sampled_limit(n, p, evidence):
    "The samples are drawn again; then Pr[Bin(samples, q) <= the largest count] is at most this certificate's delta."
    _, q, likeliest, samples, largest, seed, delta, limited = fields(
        evidence, "kind maxParityVectorProbability likeliest samples largestCount seed delta limitedBy")
    need(re.fullmatch("[125]0*", str(samples)) and n > 15 and seed >= 0, "evidence.samples")
    b, j, bits = written(p).denominator, len(str(samples)) - 1, n * (n - 1) // 2
    spread = Fraction(1, 900 * n * (n + 1) * (b - 1) * b * (b + 1) * (j + 1) * (j + 2) * (seed + 1) * (seed + 2))
    need(spread * (1 - Fraction(1, 10**12)) <= Fraction(delta) <= spread, "evidence.delta")
    need(limited == ("samples" if largest < 10 else "family"), "evidence.limitedBy")
    affordable(samples * (20 * n + bits * (1 if p == 0.5 else 20)), 10**9, "so many samples")
    incident = [sum(1 << bit for bit, pair in enumerate(itertools.combinations(range(n), 2)) if i in pair) for i in range(n)]
    words = threefry(key_for("parity cells", n), 0, 0, 2 * n)
    words = [x ^ y for x, y in zip(words[::2], words[1::2])]
    word = [1 << i if n < 32 else words[i] | words[n + i] >> 12 << 32 for i in range(n)]
    cells, key = Counter(), key_for("certificate", "gnn-degree-parity", n, "undirected", p, seed)
    chunk = max(1, min(samples, int(2e7 / bits), int(1e6 / n)))
    for part in range(-(-samples // chunk)):
        source = coins(fold_in(key, part), p)
        for _ in range(min(chunk, samples - part * chunk)):
            graph, cell = drawn_graph(n, source), 0
            for mask in incident: cell ^= word[(graph & mask).bit_count()]
            cells[cell] += 1
    need(max(cells.values()) == largest == cells[likeliest], "the fullest cell of the samples drawn again")
    tail, term = Decimal(0), (1 - Decimal(q))**samples
    for k in range(largest + 1 if q < 1 else 0):
        tail, term = tail + term, term * (samples - k) / (k + 1) * Decimal(q) / (1 - Decimal(q))
    need(0 < q <= 1 and tail * (1 + SAFE) <= Decimal(delta), "the confidence limit is too low")
    return Fraction(q)

# ---- Hidden planes: Schur's bound min over l of dim H_l / share_l, or the Gram matrix of listed ones -------------------
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
    for i in range(count):
        x = normals(fold_in(key_for("listed planes", d, seed), i), 2 * d)
        u, v = unit(x[:d]), x[d:]
        for _ in range(2): v = unit([b - c * a for c in [product(u, v)] for a, b in zip(u, v)])
        yield u, v
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
    "Between low and high, whatever the entries' errors and elimination's own."
    slack = len(matrix) * (error + 2**-51 * (len(matrix) + 3) * high)
    need(definite(matrix, high - slack), "the largest eigenvalue is not shown to be below its bound")
    need(not definite(matrix, low + slack), "the largest eigenvalue is not shown to be above its estimate")
def listed(k, planes, images, evidence, truth):
    _, seed, low, high, bound, most, error, *_ = fields(
        evidence, "kind seed lambdaLower lambdaUpper bound maxAbsCorrelation entryError" + " norms" * ("norms" in truth))
    need(evidence["kind"] == "listed" and bound in ("factorisation", "collatz-wielandt"), "evidence.kind")
    count, planes, matrix, off, largest = truth["count"], list(planes), [], 0.0, 0.0
    norms = [polygons(k, images(x, x)) for x in planes]
    for i, x in enumerate(planes):
        matrix.append([])
        for j, y in enumerate(planes[:i]):
            value, doubt = polygons(k, images(x, y))
            scale = math.sqrt(norms[i][0] * norms[j][0])
            entry, wrong = value / scale, sum(e / n for n, e in (norms[i], norms[j]))
            off, largest = max(off, doubt / scale + wrong), max(largest, abs(entry) + 1.1 * (doubt / scale + wrong))
            matrix[i].append(entry)
        matrix[i].append(1.0)
    need(off <= error < 1e-3 and 0 < low <= high, "evidence.entryError, lambdaLower")
    largest_eigenvalue(matrix, 1.1 * off, low, min(high, count * (1 + 1e-9)))
    if "norms" in truth:
        least, longest = (x / truth["norms"] for x in evidence["norms"])
        need(0 < least <= min(n - e for n, e in norms) and max(n + e for n, e in norms) <= longest, "evidence.norms")
    return truth | {"method": "closed-form", "dimension": Fraction(count) / Fraction(high), "delta": Fraction(min(1.0, largest)),
                    "about": [f"{truth['about']}, for {count} planes drawn from seed {seed}", "uniform", "other-functions"]}
def graph_of(n, graph, seed):
    "The neighbours of every node as bits; none where the graph is drawn and there is no seed."
    if n == 1: return [1]
    edges = {"path": [(i, i + 1) for i in range(n - 1)], "star": [(0, i) for i in range(1, n)],
             "complete": list(itertools.combinations(range(n), 2)), "cycle": [(i, (i + 1) % n) for i in range(n - (n == 2))]}
    if type(graph) is dict: edges = fields(graph, "edges")[0]
    elif graph[:3] != "er:": edges = edges[graph]
    elif float(graph[3:]) == 1: edges = edges["complete"]
    elif seed is None: return []
    else:
        draws = (drawn_graph(n, coins(fold_in(key_for("graph of listed planes", n, graph, seed), i), float(graph[3:])))
                 for i in range(1000))
        drawn = next(bits for bits in draws if bits & (1 << n * (n - 1) // 2) - 1)
        edges = [pair for bit, pair in enumerate(edges["complete"]) if drawn >> bit & 1]
    rows = [0] * n
    for i, j in edges:
        need(0 <= min(i, j) and max(i, j) < n and not rows[i] >> j & 1, "graph.edges")
        rows[i], rows[j] = rows[i] | 1 << j, rows[j] | (1 << i if i != j else rows[j])
    need(any(rows), "a graph without edges")
    return rows
def gnn_plane(params, evidence, _):
    n, d, k, graph, count = fields(params, "n d k graph count?")
    need(1 <= n <= 256 and d > 1 and k % 2 == 0 < k <= 100, "family.params")
    rows, nodes = graph_of(n, graph, evidence.get("seed") if count else None), Counter()
    for a, b in itertools.product(rows, repeat=2):
        size = Decimal(a.bit_count() * b.bit_count()).sqrt()
        if a & b: nodes[(a & b).bit_count() / size] += size
    where = "f(x) = F(U x)" if n == 1 else f"sums over the nodes of {'a graph from a file' if type(graph) is dict else f'the graph {graph}'} on {n} nodes"
    floats = [(float(w), float(r)) for r, w in nodes.items()]
    norm = Fraction(sum(polygons(k, [(w, (r, 0, 0, r)) for w, r in floats]))) if rows else n * n * (n - 1) * Fraction(angle_weights(k)[0])
    truth = {"count": count, "norm": norm * ABOVE, "about": f"the alternating polygons of {2 * k} relus on a hidden plane of R^{d}, {where}"}
    if count:
        affordable(count**2 * k * k * len(floats), 4 * 10**7, "so many inner products")
        def images(x, y):
            overlap = [product(u, v) for u in x for v in y]
            return [(w, [r * o for o in overlap]) for w, r in floats]
        return listed(k, listed_planes(d, evidence["seed"], count), images, evidence, truth)
    kind, lowest, gain = fields(evidence, "kind harmonicDimension gain?")
    need(kind == "all-planes" and whole(lowest) == harmonics(d, k) and (gain or 1) >= 1, "evidence")
    if rows and d > 4000 and (gain or 1) > 1: raise Undecided("too large: shares in so many dimensions")
    return truth | {"method": "schur", "about": [truth["about"], "uniform-planes", "same"],
                    "stated": whole(lowest) * Fraction(gain or 1),
                    "dimension": schur(d, k, nodes) if rows and d <= 4000 else Fraction(harmonics(d, k))}

# ---- Permutation groups: their elements, one by one --------------------------------------------------------------------
def factor(name, files):
    "Degree and generators of one factor of a product."
    kind, size = name.split(":", 1)
    if kind == "file": return fields(files[size], "degree generators")
    need(re.fullmatch("[1-9][0-9]{0,6}", size), "group")
    n = int(size)
    affordable(n, 20000, "so many points")
    turn = [*range(1, n), 0]
    return n, {"trivial": [], "cyclic": [turn], "dihedral": [turn, [-i % n for i in range(n)]],
               "symmetric": [turn, [1, 0, *range(2, n)][:n] if n > 1 else turn],
               "alternating": [[1, i, *range(2, i), 0, *range(i + 1, n)] for i in range(2, n)]}[kind]
def elements(name, files):
    "All elements of a product acting on the grid, row-major."
    files, degree, generators = files or {}, 1, []
    parts = name.split("x") if not files else [name]
    need(set(files) == {x[5:] for x in parts if x[:5] == "file:"}, "files")
    for n, more in (factor(part, files) for part in parts):
        need(all(sorted(g) == [*range(n)] for g in more), "a generator is no permutation")
        generators = [[g[i // n] * n + i % n for i in range(degree * n)] for g in generators] + [
            [i // n * n + h[i % n] for i in range(degree * n)] for h in more]
        degree *= n
    queue = [tuple(range(degree))]
    seen = set(queue)
    for g in queue:
        affordable(len(queue) * degree, 5 * 10**6, "groups of so many elements")
        for made in (tuple([h[i] for i in g]) for h in generators):
            if made not in seen: seen.add(made); queue.append(made)
    return queue
def mean_series(group, length, step):
    "The mean over the group of a product over cycles, as a power series."
    total = [0] * (length + 1)
    for cycles, number in Counter(map(cycles_of, group)).items():
        series = [1] + [0] * length
        for size in cycles: step(series, size)
        total = [a + number * b for a, b in zip(total, series)]
    return [x // len(group) for x in total]
def cycles_of(g):
    seen, found = set(), []
    for i in range(len(g)):
        before = len(seen)
        while i not in seen: seen.add(i); i = g[i]
        if len(seen) > before: found.append(len(seen) - before)
    return tuple(sorted(found))
def over(series, size):  # divided by 1 - t^size
    for i in range(size, len(series)): series[i] += series[i - size]
def times(series, size):  # multiplied by 1 + t^size
    for i in range(len(series) - 1, size - 1, -1): series[i] += series[i - size]
def cnn_plane(params, evidence, _):
    name, files, k, columns, count = fields(params, "group files? k columns count?")
    group = elements(name, files)
    n, norm = len(group[0]), angle_weights(k)[0] if k % 2 == 0 < k <= 100 else None
    need(norm and n > 1 and 1 <= columns, "family.params")
    truth = {"count": count, "norm": Fraction(columns * norm) * ABOVE, "about": f"the alternating polygons of {2 * k} relus on a hidden plane "
             f"of R^{n}, averaged over the group {name}" + f", {columns} columns" * (columns > 1)}
    if count:
        affordable(count**2 * k * k * len(group), 4 * 10**7, "so many inner products")
        def images(x, y): return [(1 / len(group), [product(u, [v[i] for i in g]) for u in x for v in y]) for g in group]
        return listed(k, listed_planes(n, evidence["seed"], count), images, evidence, truth | {"norms": columns})
    kind, lowest, mean, degree, held, gain = fields(
        evidence, "kind harmonicDimension meanNorm largestDegree coveredShare gain?")
    need(kind == "all-planes" and whole(lowest) == harmonics(n, k) and k <= degree <= k + 300 and (gain or 1) >= 1, "evidence")
    affordable(n, 500, "so many coordinates")
    invariant = mean_series(group, degree, over)
    fixed, shares = [x - y for x, y in zip(invariant, [0, 0] + invariant)], {l: share(n, k, l, {1: 1}) for l in range(k, degree + 1, 2)}
    need(0 < Decimal(held) <= sum(shares.values()) and 0 <= mean <= 1, "evidence.coveredShare")
    true = sum(s * fixed[l] / harmonics(n, l) for l, s in shares.items()) * (1 - Decimal("1e-15"))
    need(Decimal(mean) <= true, "evidence.meanNorm is above the mean squared norm")
    bound, claim = schur(n, k, {1: 1}, lambda l: l > degree or fixed[l] > 0), whole(lowest) * Fraction(gain or 1)
    need(claim <= bound, "evidence.gain is above the least dim H_l / share_l")
    return truth | {"method": "schur", "dimension": max(Fraction(1), bound * Fraction(true)),
                    "stated": max(Fraction(1), claim * Fraction(mean)), "about": [
        truth["about"] + ", wherever the average is not 0", "norm-weighted", "same-functions-another-law"]}

# ---- Orthogonal functions ----------------------------------------------------------------------------------------------
def orthogonal(count, about, norm):
    return {"method": "orthogonal", "count": count, "dimension": Fraction(count), "delta": Fraction(0), "about": about, "norm": norm}
def frame_parity(params, evidence, _):
    name, files, k, frame = fields(params, "group files? k frame")
    known = re.fullmatch("(symmetric|alternating):([1-9][0-9]{0,5})", name)
    n, group = (int(known[2]), None) if known else (0, elements(name, files))
    n = n or len(group[0])
    need(k % 2 == 0 < k <= n and not (known and files), "family.params")
    affordable(n, 10**5, "so many points")
    what, subsets = f"the parities of 2^{k} relu units on {k} of {n} coordinates, averaged over ", str(math.comb(n, k))
    if frame == "sort-abs":
        need(fields(evidence, "kind subsets") == ["subsets", subsets], "evidence")
        return orthogonal(int(subsets), [f"{what}the frame of {name} that sorts |x|", "uniform", "same"], None)
    need(frame == "reynolds", "frame")  # symmetric and alternating groups move every set to every other of its size
    orbits, order = (1, math.factorial(n) // (1 + (known[1] == "alternating"))) if known else (mean_series(group, k, times)[k], len(group))
    need(fields(evidence, "kind orbits groupOrder subsets") == ["orbits", str(orbits), str(order), subsets], "evidence")
    angles = [(math.acos(1 - 2 * j / k), math.comb(k, j) * (-1)**j) for j in range(k + 1)]
    norm = 2**k * math.fsum(c * (math.sin(a) + (math.pi - a) * math.cos(a)) / (2 * math.pi) for a, c in angles)
    return orthogonal(orbits, [f"{what}the group {name}", "uniform-orbits", "same-functions-another-law"],
                      Fraction(norm) * (1 + Fraction(1, 10**9)) if k <= 8 else None)
def polynomial(params, evidence, _):
    kind, m, degree = fields(params, "invariants variables degree")
    rotation = re.fullmatch("rotations:([1-9][0-9]{0,5})", kind)
    group = {"sign-flips": f"(Z/2)^{m}, signs of the coordinates", "hermite": "none", "legendre": "none",
             "power-spectrum": f"Z/{2 * m + 1}, cyclic shifts of the signal"}.get(kind) or rotation and (
             f"O({rotation[1]})^{m}, each vector by its own orthogonal matrix")
    need(group and 1 <= degree <= m <= 10000, "family.params")
    need(fields(evidence, "kind terms") == ["multilinear", str(math.comb(m, degree))], "evidence.terms")
    about = f"the products of h_1 of {degree} different ones of {m} independent invariants ({kind}; group: {group}), single terms"
    return orthogonal(math.comb(m, degree), [about, "uniform", "other-functions"], Fraction(1))

# ---- custom: the functions' values on samples, Chernoff's limit --------------------------------------------------------
def read_labels(path):
    "The matrix of a .npy file, or of an .npz file's labels, y or only array: functions in rows, samples in columns."
    with open(path, "rb") as file: data = file.read()
    if data[:2] == b"PK":
        names = (archive := zipfile.ZipFile(path)).namelist()
        data = archive.read(next((x for x in ("labels.npy", "y.npy") if x in names), names[0]))
    start, width = (10, 2) if data[6] == 1 else (12, 4)
    start += int.from_bytes(data[8:8 + width], "little")
    head = re.search(r"'descr': *'[<|]([fiu][1248])', *'fortran_order': *(\w+), *'shape': *\((\d+), (\d+)\)", data[:start].decode("latin1"))
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
    functions, values, bound = fields(params, "functions values bound")
    kind, samples, sha, exponent, high, low, squares = fields(evidence, "kind samples sha256 exponent? lambda lambdaEstimate meanSquare")
    signs = values == "signs"
    need(kind == "labels" and (bound == 1 if signs else values == "real" and bound > 0), "family.params")
    need(high > 0 < low and squares > 0, "evidence")
    if labels is None: raise Undecided("the evidence is about labels: --labels FILE names them")
    need((len(labels), {len(x) for x in labels}) == (functions, {samples}), "the labels have another shape")
    digests = b"".join(hashlib.sha256(struct.pack(f"<{samples}d", *row)).digest() for row in labels)
    need(hashlib.sha256(digests).hexdigest() == sha, "the labels are others")
    need(all(abs(y) == 1 if signs else abs(y) <= bound for row in labels for y in row), "a label is out of range")
    affordable(min(functions, samples)**2 * max(functions, samples, 2 * min(functions, samples)), 4 * 10**8, "so many labels")
    rows = [[math.ldexp(y, -(exponent or 0)) for y in row] for row in labels]
    if samples < functions: rows = [*zip(*rows)]
    matrix = [[product(x, y) / samples for y in rows[:i + 1]] for i, x in enumerate(rows)]
    largest_eigenvalue(matrix, 2**-51 * max(row[-1] for row in matrix), low, high)
    need(0 < Fraction(squares) * samples <= sum(Fraction(y)**2 for x in rows for y in x), "evidence.meanSquare")
    most, enough = functions * (Fraction(bound) / Fraction(2)**(exponent or 0))**2, Decimal(100 if signs else 200).ln() / samples
    upper = mean_limit(min(Fraction(1), Fraction(high) / most), 1, enough)
    lower = 1 if signs else mean_limit(min(Fraction(1), Fraction(squares) / most), 0, enough)
    about = f"the {functions} functions given, of values {'+1 and -1' if signs else f'at most {plain(bound)}'}, under the law that the samples are from"
    return {"model": "SQ" if signs else "CSQ", "method": "monte-carlo", "count": functions, "dimension": max(Fraction(1), lower / upper),
            "about": [about, "uniform" if signs else "norm-weighted", "same"], "norm": Fraction(bound)**2 * ABOVE, "stated": None}

FAMILIES = {"gnn-degree-parity": degree_parity, "gnn-hidden-plane": gnn_plane, "cnn-hidden-plane": cnn_plane,
            "frame-parity": frame_parity, "invariant-polynomial": polynomial, "custom": custom}
def main(path, *options):
    try:
        with open(path, encoding="utf-8-sig") as file: text = file.read()
        try:
            document = json.loads(text, parse_int=number, parse_float=number, object_pairs_hook=pairs,
                                  parse_constant=foreign)
        except (ValueError, RecursionError) as error: raise Foreign(str(error)[:100]) from None
        verify(document, read_labels(options[1]) if options[:1] == ("--labels",) else None)
    except Invalid as error: print(f"invalid: {error}"); return 1
    except (Foreign, OSError) as error: print(f"not a certificate: {error}"); return 2
    except Undecided as error: print(f"not decided: {error}"); return 3
    except (TypeError, ValueError, KeyError, IndexError, ArithmeticError, AttributeError, StopIteration, OverflowError) as error:
        print(f"invalid: a field is not of its kind ({type(error).__name__}: {error})"); return 1
    print("valid"); return 0
if __name__ == "__main__": sys.exit(main(*sys.argv[1:]))
