import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  isCallExpression,
  isElementAccessExpression,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isStringLiteral,
  isTemplateExpression,
  type Node,
} from "typescript";
import { projectFolder } from "#server/project";
import { places, type Source } from "../source-files";

const METHOD = /^(create|update|upsert|delete)(Many)?(AndReturn)?$/;
const RAW = /^\$executeRaw/;
const SQL = /\b(INSERT\s+INTO|UPDATE\s+(?!OF\b|SKIP\b|NOWAIT\b)[\w"$]+\s+(AS\s+\w+\s+)?SET|DELETE\s+FROM|TRUNCATE)\b/;

/** The tables of the schema, as Prisma's client names them. */
export function modelNames(): ReadonlySet<string> {
  const schema = readFileSync(join(projectFolder(), "prisma", "schema.prisma"), "utf8");
  return new Set(
    [...schema.matchAll(/^model (\w)(\w*)/gm)].map(([, first = "", rest = ""]) => first.toLowerCase() + rest),
  );
}

/** Where a file writes to the database, by Prisma's client or in SQL: `path:line`. */
export function writesIn(source: Source, models: ReadonlySet<string>): string[] {
  const isWrite = (node: Node): boolean => {
    // `tx.token.update(…)`
    if (isCallExpression(node) && isPropertyAccessExpression(node.expression)) {
      const { expression: table, name } = node.expression;
      return isPropertyAccessExpression(table) && models.has(table.name.text) && METHOD.test(name.text);
    }
    // `tx.token[method]`: what it does cannot be seen.
    if (isElementAccessExpression(node)) {
      return (
        isPropertyAccessExpression(node.expression) &&
        models.has(node.expression.name.text) &&
        isDatabase(node.expression.expression)
      );
    }
    if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node) || isTemplateExpression(node)) {
      return SQL.test(node.getText());
    }
    // Whatever it is told; a query would be a read.
    return isPropertyAccessExpression(node) && RAW.test(node.name.text);
  };
  return [...new Set(places(source, isWrite))];
}

const isDatabase = (node: Node): boolean => /^(tx|db|pool|database\(\)|[\w.]+\.db)$/.test(node.getText());
