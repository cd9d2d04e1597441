"""Orthogonal functions: d_eff is their number."""
import math, re
from fractions import Fraction
from documents import Truth, affordable, need
from groups import elements, mean_series

def orthogonal(count, about, evidence, norm):
    return Truth("orthogonal", count, Fraction(count), about, evidence, norm, Fraction(0),
                 absolute=Fraction(1), square=Fraction(1, count), exact=True)
def frame_parity(params, evidence, _):
    name, files, k, frame = (params.get(x) for x in ("group", "files", "k", "frame"))
    # these move a set to every other of its size
    known = re.fullmatch("(symmetric|alternating):([1-9][0-9]{0,5})", name)
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
    name, colon, q = kind.partition(":")
    need(not colon or re.fullmatch("[1-9][0-9]{0,5}", q), "family.params.invariants")
    group = {"sign-flips": f"(Z/2)^{m}, signs of the coordinates", "hermite": "none", "legendre": "none",
             "power-spectrum": f"Z/{2 * m + 1}, cyclic shifts of the signal",
             "rotations:": f"O({q})^{m}, each vector by its own orthogonal matrix",
             "lorentz:": f"O(1,{q})^{m}, each vector by its own Lorentz transformation"}[name + colon]
    need(1 <= degree <= m <= 10000, "family.params")
    terms = math.comb(m, degree)
    about = (f"the products of h_1 of {degree} different ones of {m} independent invariants ({kind}; group: {group}), "
             "single terms")
    return orthogonal(terms, (about, "uniform", "other-functions"),
                      {"kind": "multilinear", "terms": str(terms)}, Fraction(1))
