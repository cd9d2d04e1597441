"""custom: the functions' values on samples, and Chernoff's limit."""
import array, hashlib, math, re, struct
from decimal import Decimal
from fractions import Fraction
from documents import ABOVE, Truth, Undecided, affordable, apart, most, need, plain
from gram import largest_eigenvalue, product

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
    lengths = [math.sqrt(product(x, x)) for x in rows]
    near = lambda i, j: abs(product(rows[i], rows[j])) / lengths[i] / lengths[j] + 2**-50
    together = apart(evidence, functions, near) if uniform else 0
    if samples < functions: rows = [*zip(*rows)]
    matrix = [[product(x, y) / samples for y in rows[:i + 1]] for i, x in enumerate(rows)]
    largest_eigenvalue(matrix, 2**-51 * max(row[-1] for row in matrix), low, high)
    total = sum(Fraction(y)**2 for x in rows for y in x) / samples
    scale = functions * (Fraction(bound) / Fraction(2)**exponent)**2
    enough, limit = Decimal(100 if signs else 200).ln() / samples, (lambda x, *_: x) if uniform else mean_limit
    upper, lower = (limit(min(Fraction(1), Fraction(x) / scale), end, enough) for x, end in ((high, 1), (squares, 0)))
    about = (f"the {functions} functions given, of values {'+1 and -1' if signs else f'at most {plain(bound)}'}, "
             f"under the {'uniform law on the inputs given' if uniform else 'law that the samples are from'}")
    return Truth("exact" if uniform else "monte-carlo", functions, max(Fraction(1), (1 if signs else lower) / upper),
                 (about, "uniform" if signs else "norm-weighted", "none"),
                 {"kind": "labels", "samples": samples, "sha256": hashlib.sha256(digests).hexdigest(),
                  "exponent?": exponent, "lambda": high, "lambdaEstimate": low, "meanSquare": most(total),
                  **({"apart?": evidence.get("apart")} if uniform else {})},
                 Fraction(bound)**2 * ABOVE, model="SQ" if signs else "CSQ", apart=together)
