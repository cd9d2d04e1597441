/** WebGPU for Node, by the package `webgpu`: the globals that a browser has by itself. Imported only if asked for. */

// a static import of what fails to load would end the whole program, whoever catches the failure (Node 20)
const { create, globals } = await import("webgpu");

Object.assign(globalThis, globals);
const node20 = { userAgent: `Node.js/${process.versions.node}` }; // has no navigator, of which jax-js asks both
const navigator = (globalThis.navigator as Partial<Navigator> | undefined) ?? node20;
Object.defineProperty(navigator, "gpu", { value: create([]), configurable: true });
Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
