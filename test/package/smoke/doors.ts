// Every other entry, in Node and in browsers.
import { certify, drawInstance, familyById, initialise as again, keyFor, trainByGradient } from "equihard";
import { loadWeights, lowerToOnnx, saveWeights } from "equihard/interop";
import { learnerById } from "equihard/learner";
import { affine, initialise, meanOver, numpy, relu, startJax, type Network } from "equihard/network";
import { adversary, membersOn, populationOracle, samplePopulation } from "equihard/oracle";
import { dataSetOf, networkOf, parseHypergraph } from "equihard/reduction";
import { orbitsOnSubsets, parseGroup } from "equihard/symmetry";
import { formatCertificate } from "equihard/text";
import { equivarianceError, invarianceError, oracleError, permuteEntries } from "equihard/testing";

// a network of one's own, held against a group
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
const key = keyFor("smoke");
const weights = initialise(network, key);
const samples = { count: 2, shape: [4], data: Float32Array.of(1, 2, 3, 4, -1, 0, 2, 0.5) };
const group = parseGroup("cyclic:4");
await startJax();
const moved = await invarianceError(network, weights, samples, (s) => permuteEntries(s, [1, 0, 3, 2]));

// a learner, and a student in files
const family = familyById("gnn-degree-parity");
const params = family.parse({ n: 6 });
const instance = drawInstance(family, params, 0);
const learned = await learnerById("f2-elimination").learn({
  family,
  instance,
  easy: false,
  seed: 0,
  options: {},
});
const options = { steps: 2, batch: 16, width: 4, testSamples: 100 };
const { trained } = await trainByGradient({ family, instance, easy: false, seed: 0, options });
const bytes = saveWeights(trained);
const onnx = lowerToOnnx(({ x }) => ({ y: relu(x!) }), { x: { shape: [2] } });

// a target's oracle, and one that fixes no target before it has to
const population = samplePopulation(instance.law, key, 1000);
const target = { label: instance.hard.label, signs: true };
const oracle = populationOracle(target, population, { tolerance: 0.25, noise: "uniform", key });
const constant = { count: 1, on: ({ count }: { count: number }) => new Float32Array(count).fill(1) };
const error = await oracleError(oracle, target, population, constant);
const members = family.members?.(params, { seed: 0 });
if (!members) throw new Error("no members");
const opponent = adversary(await membersOn(members, population), 0.5, true);
await opponent.oracle.correlations(constant);

// a hypergraph as a task for a network, and the fit that a colouring gives
const hypergraph = parseHypergraph('{"vertices":3,"edges":[[0,1,2]]}', "here");
const { graphs } = dataSetOf(hypergraph, "stars");

console.log(
  JSON.stringify({
    same: initialise === again,
    sum: numpy.sum(numpy.array([1, 2])).js(),
    invariant: moved < 1e-5,
    equivariant: equivarianceError((x) => x.map((y) => y * y), group, key),
    orbits: String(orbitsOnSubsets(group, 2)),
    learned: learned.exact,
    stored: loadWeights(bytes).weights["out.b"]?.join() === trained.weights["out.b"]?.join(),
    onnx: onnx.length > 50,
    honest: error <= oracle.tolerance,
    survivors: opponent.survivors().length > 1,
    graphs: graphs.length,
    text: formatCertificate(await certify("gnn-degree-parity", { n: 4 })).includes("query dimension"),
    bias: networkOf(hypergraph, [0, 1, 0]).units[0]?.bias,
  }),
);
