"""The learner's end of the protocol `equihard.oracle/1` (docs/benchmark.md): JSON lines, NumPy only."""

import base64
import json
import sys

import numpy as np


def _decode(text, shape):
    return np.frombuffer(base64.b64decode(text), dtype="<f4").reshape(shape)


def _encode(values):
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f4").tobytes()).decode()


class Oracle:
    """`hello` is what the oracle says at the start: family, input shape, budget, tolerance."""

    def __init__(self, lines=sys.stdin, out=sys.stdout):
        self._lines, self._out = lines, out
        self.hello = self._receive()
        self.shape = tuple(self.hello["input"]["shape"])

    def _receive(self):
        line = self._lines.readline()
        if line == "":
            raise EOFError("the oracle has ended")
        return json.loads(line)

    def _ask(self, **question):
        self._out.write(json.dumps(question) + "\n")
        self._out.flush()
        return self._receive()

    def examples(self, count):
        """`count` labelled examples: x (count, *shape) and y (count,). With `--oracle samples`."""
        answer = self._ask(ask="examples", count=count)
        return _decode(answer["x"], (count, *self.shape)), _decode(answer["y"], (count,))

    def points(self, start=0, count=None):
        """Inputs without labels that queries are functions on. With `--oracle honest` and `adversarial`."""
        count = self.hello["points"] - start if count is None else count
        answer = self._ask(**{"ask": "points", "from": start, "count": count})
        return _decode(answer["x"], (count, *self.shape))

    def correlations(self, values):
        """Answers to queries, given by their values on all points (queries, points): correlations and norms."""
        answer = self._ask(ask="correlations", count=len(values), values=_encode(values))
        return np.array(answer["values"]), np.array(answer["norms"])

    def done(self, predict):
        """Ends the learning: `predict` maps x (count, *shape) to predictions (count,)."""
        message = self._ask(ask="done")
        while not message.get("end"):
            x = _decode(message["test"], (message["count"], *self.shape))
            self._out.write(json.dumps({"predictions": _encode(predict(x))}) + "\n")
            self._out.flush()
            message = self._receive()
