/**
 * Parses TypeScript and JSON files with TypeScript's own parser. In, on standard input:
 * `{compiler, files: {path: text}}`. Out: for each path its syntax tree, identifiers and
 * the values of literals left out, and what the parser has to say against it.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { compiler, files } = JSON.parse(readFileSync(0, "utf8"));
const ts = createRequire(import.meta.url)(compiler);
const NAMES = new Set([
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.ComputedPropertyName,
]);

/** Whether a node is the name of a member, which may be quoted or not. */
function isName(node) {
  return node.parent?.name === node && NAMES.has(node.kind);
}

function shape(node) {
  if (isName(node)) {
    return "name";
  }
  const inner = [];
  ts.forEachChild(node, (child) => void inner.push(shape(child)));
  const kind = ts.SyntaxKind[node.kind];
  return inner.length > 0 ? `${kind}(${inner.join(" ")})` : kind;
}

const found = {};
for (const [path, text] of Object.entries(files)) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  found[path] = {
    shape: shape(file),
    faults: file.parseDiagnostics.map((item) =>
      ts.flattenDiagnosticMessageText(item.messageText, " "),
    ),
    // What a comment asks of the compiler, such as `// @ts-nocheck`.
    asked: [
      ...(file.checkJsDirective ? ["@ts-nocheck"] : []),
      ...file.commentDirectives?.map((item) => String(item.type)) ?? [],
      ...file.referencedFiles.map((item) => item.fileName),
      ...file.typeReferenceDirectives.map((item) => item.fileName),
      ...file.amdDependencies.map((item) => item.path),
      ...(file.moduleName === undefined ? [] : [file.moduleName]),
      ...(file.pragmas?.keys() ?? []),
    ],
  };
}
process.stdout.write(JSON.stringify(found));
