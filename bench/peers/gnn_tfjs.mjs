// The pinned GNN training step in TensorFlow.js on its WebAssembly backend, written as its users write it. Run as
// `node gnn_tfjs.mjs FOLDER MODULES`: FOLDER is a workload's, MODULES the folder that has node_modules with the packages.
// Answers lines on standard input as torch_peer.py does.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

const [folder, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
console.warn = () => undefined; // an advertisement for the native package
console.log = console.error; // standard output is for answers
const tf = require("@tensorflow/tfjs");
const wasm = require("@tensorflow/tfjs-backend-wasm");
wasm.setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
wasm.setThreadsCount(1);
await tf.setBackend("wasm");
await tf.ready();
const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

const { n, batch, width, batches, lr } = JSON.parse(readFileSync(join(folder, "sizes.json"), "utf8"));
const load = (name) => {
  const bytes = readFileSync(join(folder, `${name}.f32`));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};
const split = (name, shape) => {
  const [all, size] = [load(name), shape.reduce((a, b) => a * b, 1)];
  return Array.from({ length: batches }, (_, i) => tf.tensor(all.subarray(i * size, (i + 1) * size), shape));
};
const degrees = split("degree", [batch * n, 1]);
const adjacencies = split("adjacency", [batch, n, n]);
const labels = split("labels", [batch]);

const flat = load("weights");
let at = 0;
const variable = (...shape) => {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.variable(tf.tensor(flat.subarray(at, (at += size)), shape));
};
const [w1, b1, self, neighbour, b2] = [variable(1, width), variable(width), variable(width, width), variable(width, width), variable(width)]; // prettier-ignore
const [hidden, bHidden, out, bOut] = [
  variable(width, width),
  variable(width),
  variable(width, 1),
  variable(1),
];

// The backend's products of transposed matrices, which tf.matMul's own gradient asks for, are several times slower than
// a transposition and a plain product.
const product = tf.customGrad((a, b, save) => {
  save([a, b]);
  const turned = (x) => tf.transpose(x, x.rank === 2 ? [1, 0] : [0, 2, 1]);
  const gradFunc = (dy, [x, y]) => [tf.matMul(dy, turned(y)), tf.matMul(turned(x), dy)];
  return { value: tf.matMul(a, b), gradFunc };
});

function predict(degree, adjacency) {
  let h = tf.relu(degree.mul(w1).add(b1));
  const near = product(adjacency, h.reshape([batch, n, width])).reshape([batch * n, width]);
  h = tf.relu(product(h, self).add(product(near, neighbour)).add(b2));
  h = tf.relu(product(h.reshape([batch, n, width]).mean(1), hidden).add(bHidden));
  return product(h, out).add(bOut).reshape([batch]);
}

const adam = tf.train.adam(lr, 0.9, 0.999, 1e-8);
let taken = 0;
const step = (i) =>
  adam.minimize(() => tf.mean(tf.square(predict(degrees[i], adjacencies[i]).sub(labels[i]))), true);

answer({ version: tf.version["tfjs-core"] ?? tf.version_core });
for await (const line of createInterface({ input: process.stdin })) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const losses = Array.from({ length: Number(line) }, () => {
    const loss = step(taken++ % batches);
    const value = loss.dataSync()[0];
    loss.dispose();
    return value;
  });
  const { user, system } = process.cpuUsage(before);
  answer({ seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6, losses });
}
