import {
  isCallExpression,
  isExportAssignment,
  isExportDeclaration,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isStringLiteral,
  isVariableStatement,
  type Node,
  type Statement,
  SyntaxKind,
} from "typescript";
import { parsed, type Source } from "../source-files";
import { importsOf, nodesIn } from "./imports-of";

/** `app/(signed-out)/x/[id]/page.tsx` is at `/x/[id]`. */
export const addressOf = (path: string): string => path.replace(/^app|\/\([^)]*\)|\/page\.tsx$/g, "") || "/";

/**
 * What is wrong with a page for somebody signed in, in words: it is made by `signedInPage`, which authorises before it
 * asks for anything, under its own address, and exports nothing else that could ask earlier.
 */
export function wrongInPage(source: Source): string[] {
  const file = parsed(source);
  const from = importsOf(file).get("signedInPage") ?? "";
  const made = (node: Node): boolean =>
    isCallExpression(node) &&
    isIdentifier(node.expression) &&
    node.expression.text === "signedInPage" &&
    /^(\.\.\/)+signed-in-page$/.test(from) &&
    pathOf(node.arguments[0]) === addressOf(source.path);

  const exported = file.statements.filter(isExported);
  const pages = exported.filter(isExportAssignment);
  const wrong = exported
    .filter((each) => !isExportAssignment(each) && !isData(each))
    .map(() => "exports more than a page");
  const [page] = pages;
  if (page === undefined || !made(page.expression)) wrong.push("is not made by signedInPage under its own address");
  return wrong;
}

function pathOf(options: Node | undefined): string | null {
  if (options === undefined || !isObjectLiteralExpression(options)) return null;
  for (const each of options.properties) {
    if (isPropertyAssignment(each) && each.name.getText() === "path") {
      return textOf(each.initializer);
    }
  }
  return null;
}

/** A text, said there or by a constant of the file. */
function textOf(value: Node): string | null {
  if (isStringLiteral(value)) return value.text;
  if (!isIdentifier(value)) return null;
  const constants = value.getSourceFile().statements.filter(isVariableStatement);
  const said = constants
    .flatMap((each) => each.declarationList.declarations)
    .find((each) => each.name.getText() === value.text);
  return said?.initializer !== undefined && isStringLiteral(said.initializer) ? said.initializer.text : null;
}

const isExported = (statement: Statement): boolean =>
  isExportDeclaration(statement) ||
  isExportAssignment(statement) ||
  ("modifiers" in statement &&
    Array.isArray(statement.modifiers) &&
    statement.modifiers.some((each) => each.kind === SyntaxKind.ExportKeyword));

/** `metadata`, as a value: `generateMetadata` would ask before the page has. */
const isData = (statement: Statement): boolean =>
  isVariableStatement(statement) &&
  !nodesIn(statement).some(
    (node) => node.kind === SyntaxKind.ArrowFunction || node.kind === SyntaxKind.FunctionExpression,
  );
