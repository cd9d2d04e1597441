// Every other entry: a network of one's own, made of what equihard/network gives, held against a group.
import { initialise as again, keyFor } from "equihard";
import { affine, initialise, meanOver, numpy, relu, startJax, type Network } from "equihard/network";
import { openStore } from "equihard/node";
import { parseHypergraph } from "equihard/reduction";
import { orbitsOnSubsets, parseGroup } from "equihard/symmetry";
import { equivarianceError, invarianceError, permuteEntries } from "equihard/testing";

const network: Network = {
  architecture: { kind: "mean of relus" },
  inputs: { x: [4, 1] },
  weights: { "h.w": [1, 3], "h.b": [3], "out.w": [3], "out.b": [1] },
  fanIn: { "h.w": 1, "h.b": 1, "out.w": 3, "out.b": 3 },
  encode: ({ data }) => ({ x: Float32Array.from(data) }),
  forward({ "h.w": w, "h.b": b, "out.w": outW, "out.b": outB }, { x }) {
    if (!w || !b || !outW || !outB || !x) throw new Error("incomplete");
    return affine(meanOver(relu(affine(x, w, b)), 1), outW.reshape([-1, 1]), outB).reshape([-1]);
  },
};
const weights = initialise(network, keyFor("smoke"));
const samples = { count: 2, shape: [4], data: Float32Array.of(1, 2, 3, 4, -1, 0, 2, 0.5) };
const group = parseGroup("cyclic:4");
await startJax();

console.log(
  JSON.stringify({
    same: initialise === again,
    sum: numpy.sum(numpy.array([1, 2])).js(),
    invariant:
      (await invarianceError(network, weights, samples, (s) => permuteEntries(s, [1, 0, 3, 2]))) < 1e-5,
    equivariant: equivarianceError((x) => x.map((y) => y * y), group, keyFor("smoke")),
    orbits: String(orbitsOnSubsets(group, 2)),
    functions: [typeof openStore, typeof parseHypergraph],
  }),
);
