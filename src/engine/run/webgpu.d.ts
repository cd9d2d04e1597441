/** What is used of the package `webgpu`: its own types would declare again what those of the DOM have. */
declare module "webgpu" {
  export function create(options: readonly string[]): GPU;
  export const globals: object;
}
