#!/usr/bin/env python3
"""A second verifier of equihard certificates: the standard library alone, written from docs/theory.md.

This file has the statement and its other notions; what is true of a family is in a file of its own.

It asks one thing: is every claim at most the truth? Exit code 0: valid; 1: invalid; 2: not a
certificate; 3: not decided (too large, or labels are missing), never "valid".

    python3 verify.py FILE [--labels FILE.npy]
"""
import json, sys
from decimal import Decimal
from fractions import Fraction
from custom import custom, read_labels
from degree_parity import degree_parity
from documents import (SAFE, SCHEMA, Foreign, Invalid, Undecided, foreign, match, most, need, number, pairs,
                       size, written)
from networks import network
from orthogonal import frame_parity, polynomial
from planes import cnn_plane, gnn_plane
from threefry import key_for

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
def hold(rows, t, tau2):
    "Is the value of every notion at most what its reason gives, and that reason a true one?"
    square, d, apart = t.square or 1 / t.dimension, t.dimension, t.delta is not None and t.delta < 1
    names = ["spectral", "sda", "sda", "vstat", "rsd", "cross-predictability", "sq-dim"]
    need([row["notion"].partition(":")[0] for row in rows] == names, "notions: not the seven rows")
    both = [row["quantity"].partition(", ")[2].partition(" ")[0] for row in rows[1:3]]
    need(rows[1]["notion"] == rows[2]["notion"] and both == ["absolute", "signed"], "notions: not both rows of sda")
    for row in rows:
        kind, _, text = row["notion"].partition(":")
        x, value, quantity = Fraction(text or 1), size(row["value"] or 0), kind + " " + row["quantity"]
        absolute = f"sda SDA({text}), absolute correlations"
        against = f"vstat VSTAT({text}): queries, labels against noise"
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
        held = row["value"] is None if limit is None else 0 <= value <= limit
        need(row["bound"] in bounds and held, f"{quantity}: {row['value']}, {row['bound']}, does not follow")
    return True
def verify(document, labels):
    if type(document) is not dict or document.get("schema") != SCHEMA:
        raise Foreign(f"no document of schema {SCHEMA}")
    family, evidence, asked, rows = (document.get(x) for x in ("family", "evidence", "statement", "notions"))
    name, params, form = family["id"], family["params"], asked["normalisation"]
    need(0 < asked["tau"] <= 1 and 0 < asked["rho"] <= 1, "tau, rho")
    if name not in FAMILIES: raise Undecided(f"certificates of the family {name} are not checked here")
    truth = FAMILIES[name](params, evidence, labels)
    count, true, delta = truth.count, truth.dimension, truth.delta
    longest = {"relative": 1, "absolute": truth.norm}[form]
    if not longest: raise Undecided("no bound on the norms is known here")
    tau2, rho2 = written(asked["tau"])**2 / longest, written(asked["rho"])**2
    def answer(found, success):
        best, nothing = required(truth, tau2, rho2, success), found["queries"] == 0
        whole = lambda x: size(x).denominator == 1 and 0 <= size(x) <= best
        return {"queries": whole, "vacuous": nothing,
                "log2Queries": None if nothing else most(log2(max(best, Fraction(1))))}
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
            "randomised": [{"success": x, **answer(asked["randomised"][i], written(x))}
                           for i, x in enumerate((0.5, 0.9))]},
        "confidence": 0.99 if truth.method == "monte-carlo" else 1, "evidence": truth.evidence,
        "digest": "%08x%08x" % key_for("certificate", name, params, asked["tau"], asked["rho"], form, *table, evidence),
        **({"search": {"steps": evidence["steps"], "start": evidence["start"],
                       "end": document["dimension"]["spectral"]}} if name == "network" else {}),
        "notions?": lambda rows: hold(rows, truth, tau2)}, "certificate")

FAMILIES = {"gnn-degree-parity": degree_parity, "gnn-hidden-plane": gnn_plane, "cnn-hidden-plane": cnn_plane,
            "frame-parity": frame_parity, "invariant-polynomial": polynomial, "custom": custom,
            "network": network}
def main(path, *options):
    try:
        with open(path, encoding="utf-8-sig") as file: text = file.read()
        hooks = {"parse_int": number, "parse_float": number, "object_pairs_hook": pairs, "parse_constant": foreign}
        try: document = json.loads(text, **hooks)
        except (ValueError, RecursionError) as error: raise Foreign(str(error)[:100]) from None
        verify(document, read_labels(options[1]) if options[:1] == ("--labels",) else None)
    except Invalid as error: print(f"invalid: {error}"); return 1
    except (Foreign, OSError) as error: print(f"not a certificate: {error}"); return 2
    except Undecided as error: print(f"not decided: {error}"); return 3
    except (ArithmeticError, AttributeError, LookupError, StopIteration, TypeError, ValueError) as error:
        print(f"invalid: a field is not of its kind ({type(error).__name__}: {error})"); return 1
    print("valid"); return 0
if __name__ == "__main__": sys.exit(main(*sys.argv[1:]))
