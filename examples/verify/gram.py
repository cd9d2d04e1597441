"""Gram matrices of listed functions: a proof that the largest eigenvalue is below its bound."""
import math
from fractions import Fraction
from operator import mul
from documents import Truth, apart, least, most, need

def product(x, y): return math.fsum(map(mul, x, y))
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
    "The Gram matrix by inner products, row by row, a bound on its errors, the largest entry, the norms."
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
        **form, "seed": evidence["seed"], "lambdaLower": lambda x: 0 < x <= high, "lambdaUpper": most(count),
        "bound": ("factorisation", "collatz-wielandt").__contains__, "maxAbsCorrelation": least(delta),
        "entryError": lambda x: off / 1.1 <= x < 1e-3, "apart?": evidence.get("apart"),
        **({"norms": [most(units * min(norms[0])), least(units * max(norms[1]))]} if units else {})},
        norm, delta, absolute=Fraction(high) if quotients else None,
        apart=apart(evidence, count, lambda i, j: abs(matrix[i][j]) + off))
