// What can be done with a family of one's own.
import { certify, drawInstance, trainByGradient, verify } from "equihard";
import { family } from "./family.js";

const certificate = await certify(family, { d: 50 });
const again = await verify(certificate, { families: [family] });
const forged = { ...certificate, evidence: { members: 5000 } };
const wrong = await verify(forged, { families: [family] });
const options = { steps: 300, batch: 128, width: 16, testSamples: 2000 };
const instance = drawInstance(family, family.parse({}), 0);
const { result } = await trainByGradient({ family, instance, easy: false, seed: 0, options });
console.log(
  JSON.stringify({
    dimension: certificate.dimension.spectral,
    valid: [again.valid, wrong.valid],
    learned: (result.final.accuracy ?? 0) > 0.9,
  }),
);
