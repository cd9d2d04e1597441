/**
 * What `equihard COMMAND --help` prints, by the words before `--help`: "certify", "certify gnn-degree-parity", ...
 * Empty in the sources; the build puts here what the commands themselves print (scripts/help.mjs), so that help loads
 * neither the schemas that its options are read off nor what they belong to.
 */

export const helpPages: Readonly<Record<string, string>> = {};
