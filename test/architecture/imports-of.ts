import {
  forEachChild,
  isImportDeclaration,
  isNamedImports,
  isStringLiteral,
  type Node,
  type SourceFile,
} from "typescript";

/** Where each imported name comes from, by its local name. */
export function importsOf(file: SourceFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const statement of file.statements) {
    if (!isImportDeclaration(statement) || !isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !isNamedImports(bindings)) continue;
    for (const { name } of bindings.elements) found.set(name.text, statement.moduleSpecifier.text);
  }
  return found;
}

/** Every node below, the node itself included, in the order of the text. */
export function nodesIn(root: Node): Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    found.push(node);
    forEachChild(node, visit);
  };
  visit(root);
  return found;
}
