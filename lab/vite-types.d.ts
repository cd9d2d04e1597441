/** What Vite makes of imports that are no TypeScript. */

declare module "*?worker&inline" {
  const InlineWorker: new () => Worker;
  export default InlineWorker;
}
declare module "*.css" {}
interface ImportMeta {
  readonly env: { readonly MODE: string };
}
