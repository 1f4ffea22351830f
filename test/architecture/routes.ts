import {
  type Expression,
  isCallExpression,
  isExportDeclaration,
  isIdentifier,
  isObjectBindingPattern,
  isVariableStatement,
  type Statement,
  SyntaxKind,
} from "typescript";
import { parsed, type Source } from "../source-files";
import { importsOf } from "./imports-of";

/** What next calls in a route; each must be answered on purpose. */
const METHODS = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"];
/** What makes a handler that knows who asks: nothing else may. */
const MAKERS: Readonly<Record<string, string>> = {
  endpoint: "#lib/commands/endpoint",
  reading: "#lib/commands/reading",
  asking: "#lib/commands/asking",
  askingAnybody: "#lib/commands/asking",
  noting: "#lib/commands/reading",
  streaming: "#lib/commands/streaming",
  reporting: "#lib/commands/reporting",
  byItself: "#lib/commands/itself",
  readingItself: "#lib/commands/itself",
  telling: "#lib/commands/telling",
  othersThan: "#lib/commands/methods",
};

/** What is wrong with a route of the REST API, in words; nothing for one made of commands and queries only. */
export function wrongInRoute(source: Source): string[] {
  const file = parsed(source);
  const imported = importsOf(file);
  const madeBy = (value: Expression | undefined): boolean => {
    if (value === undefined || !isCallExpression(value) || !isIdentifier(value.expression)) return false;
    const maker = value.expression.text;
    return maker in MAKERS && imported.get(maker) === MAKERS[maker];
  };
  const wrong: string[] = [];
  const names: string[] = [];
  for (const statement of file.statements) {
    if (statement.kind === SyntaxKind.ImportDeclaration) continue;
    if (!isVariableStatement(statement)) {
      if (isExported(statement)) wrong.push("exports what is no constant");
      continue;
    }
    if (!isExported(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const bound = isObjectBindingPattern(name)
        ? name.elements.map((each) => each.name.getText(file))
        : [name.getText(file)];
      names.push(...bound);
      if (!madeBy(initializer)) wrong.push(`${bound.join(", ")} is made by none of ${Object.keys(MAKERS).join(", ")}`);
    }
  }
  const missing = METHODS.filter((method) => !names.includes(method));
  return missing.length === 0 ? wrong : [...wrong, `does not answer ${missing.join(", ")}`];
}

const isExported = (statement: Statement): boolean =>
  isExportDeclaration(statement) ||
  statement.kind === SyntaxKind.ExportAssignment ||
  ("modifiers" in statement &&
    Array.isArray(statement.modifiers) &&
    statement.modifiers.some((each) => each.kind === SyntaxKind.ExportKeyword));
