import {
  type FunctionDeclaration,
  isAwaitExpression,
  isCallExpression,
  isExportDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isVariableStatement,
  type Node,
  type Statement,
  SyntaxKind,
} from "typescript";
import { parsed, type Source } from "../source-files";
import { importsOf, nodesIn } from "./imports-of";

const AUTHORISERS = ["requireViewer", "requireAbility"];
/** What a page may wait for before it knows who asks: its own address. */
const ADDRESS = ["params", "searchParams"];

/** What is wrong with a page for somebody signed in, in words: it authorises before it waits for anything else. */
export function wrongInPage(source: Source): string[] {
  const file = parsed(source);
  const imported = importsOf(file);
  const authorises = (node: Node): boolean =>
    isAwaitExpression(node) &&
    isCallExpression(node.expression) &&
    isIdentifier(node.expression.expression) &&
    AUTHORISERS.includes(node.expression.expression.text) &&
    (imported.get(node.expression.expression.text)?.endsWith("/require-viewer") ?? false);

  const exported = file.statements.filter(isExported);
  const page = exported.find(isPage);
  const wrong = exported.filter((each) => each !== page && !isData(each)).map(() => "exports more than a page");
  if (page?.body === undefined) return [...wrong, "has no page in it"];
  for (const statement of page.body.statements) {
    const waits = nodesIn(statement)
      .filter(isAwaitExpression)
      .filter((node) => !isAddress(node.expression));
    if (waits.length === 0) continue;
    const [first] = waits;
    // In a branch or in a function within it, it might not be reached.
    const always = isVariableStatement(statement) || statement.kind === SyntaxKind.ExpressionStatement;
    const own = first !== undefined && always && nodesIn(statement).find(isFunctionLike) === undefined;
    return own && authorises(first) ? wrong : [...wrong, "waits for something before requireViewer or requireAbility"];
  }
  return [...wrong, "never asks who is signed in"];
}

const isAddress = (node: Node): boolean => isIdentifier(node) && ADDRESS.includes(node.text);
const isFunctionLike = (node: Node): boolean =>
  node.kind === SyntaxKind.ArrowFunction || node.kind === SyntaxKind.FunctionExpression;
const modifiersOf = (statement: Statement): readonly { kind: SyntaxKind }[] =>
  "modifiers" in statement && Array.isArray(statement.modifiers) ? statement.modifiers : [];
const isExported = (statement: Statement): boolean =>
  isExportDeclaration(statement) || modifiersOf(statement).some((each) => each.kind === SyntaxKind.ExportKeyword);
const isPage = (statement: Statement): statement is FunctionDeclaration =>
  isFunctionDeclaration(statement) && modifiersOf(statement).some((each) => each.kind === SyntaxKind.DefaultKeyword);
/** `metadata`, as a value: `generateMetadata` would ask before the page has. */
const isData = (statement: Statement): boolean =>
  isVariableStatement(statement) && !nodesIn(statement).some(isFunctionLike);
