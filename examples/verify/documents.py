"""Documents as they are read, numbers as they are printed, and what is held against what."""
import itertools, json, math, re
from collections import namedtuple
from decimal import Decimal, MAX_EMAX, MIN_EMIN, getcontext
from fractions import Fraction


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

Truth = namedtuple("Truth", "method count dimension about evidence norm delta model absolute square exact apart",
                   defaults=(Fraction(1), None, "CSQ", None, None, False, 0))
def written(x): return Fraction(repr(x))
def apart(evidence, count, correlation):
    "The length of the list of members that the evidence names, no two of which correlate above one in so many."
    chosen = evidence.get("apart", [])
    need(type(chosen) is list and all(type(x) is int and 0 <= x < count for x in chosen), "evidence.apart")
    pairs = itertools.combinations(chosen, 2)
    need(all(i < j and len(chosen) * correlation(j, i) <= 1 for i, j in pairs), "evidence.apart: too near")
    return len(chosen)
