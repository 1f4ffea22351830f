import { join } from "node:path";
import {
  createCompilerHost,
  createProgram,
  createSourceFile,
  getParsedCommandLineOfConfigFile,
  type Symbol as Named,
  type Program,
  ScriptTarget,
  sys,
  type Type,
  type TypeChecker,
} from "typescript";
import { projectFolder } from "#server/project";
import type { Source } from "../source-files";

/** Types of these files, with further ones put in that are not on disk. */
export function programOf(files: readonly Source[]): Program {
  const root = projectFolder();
  const config = getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    { noEmit: true },
    {
      ...sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(String(messageText));
      },
    },
  );
  if (config === undefined) throw new Error("tsconfig.json cannot be read");
  const { incremental: _, tsBuildInfoFile: __, composite: ___, ...options } = config.options;
  const texts = new Map(files.map(({ path, text }) => [join(root, path), text]));
  const host = createCompilerHost(options);
  const onDisk = { getSourceFile: host.getSourceFile.bind(host), fileExists: host.fileExists.bind(host) };
  host.fileExists = (path) => texts.has(path) || onDisk.fileExists(path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(path);
    return text === undefined
      ? onDisk.getSourceFile(path, version, ...rest)
      : createSourceFile(path, text, ScriptTarget.ES2023, true);
  };
  return createProgram([...texts.keys()], options, host);
}

/** Which exported functions take no viewer first, or give away rows as the database has them: `path: name …`. */
export function wrongInQueries(program: Program, { path }: Source): string[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(join(projectFolder(), path));
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) return [`${path}: exports nothing`];
  return checker.getExportsOfModule(module).flatMap((each) =>
    checker
      .getTypeOfSymbol(each)
      .getCallSignatures()
      .flatMap((signature) => {
        const [first] = signature.parameters;
        const wrong: string[] = [];
        if (first === undefined || !isViewer(checker, checker.getTypeOfSymbol(first)))
          wrong.push("takes no viewer first");
        if (holdsRow(checker, signature.getReturnType(), new Set())) wrong.push("returns a row of the database");
        return wrong.map((what) => `${path}: ${each.name} ${what}`);
      }),
  );
}

/** Whether each that it may be carries the brand of lib/access/viewer.ts. */
function isViewer(checker: TypeChecker, type: Type): boolean {
  const kinds = type.isUnion() ? type.types : [type];
  return kinds.every((kind) => checker.getPropertiesOfType(kind).some(({ name }) => name.includes("madeByAuth")));
}

const isOfDatabase = ({ declarations = [] }: Named): boolean =>
  declarations.some((each) =>
    /\/lib\/db\/generated\/|\/node_modules\/\.?@?prisma\//.test(each.getSourceFile().fileName),
  );
const isOfLanguage = ({ declarations = [] }: Named): boolean =>
  declarations.some((each) => /\/node_modules\/(typescript|@types)\//.test(each.getSourceFile().fileName));

/** Whether a type, or anything in it however deep, was declared by the database's client. */
function holdsRow(checker: TypeChecker, type: Type, seen: Set<Type>): boolean {
  if (seen.has(type)) return false;
  seen.add(type);
  const parts = type.isUnionOrIntersection() ? type.types : [];
  const of = checker.getPropertiesOfType(type).filter((each) => !isOfLanguage(each));
  return (
    of.some(isOfDatabase) ||
    [...parts, ...(type.aliasTypeArguments ?? []), ...argumentsOf(checker, type)].some((each) =>
      holdsRow(checker, each, seen),
    ) ||
    of.some((each) => holdsRow(checker, checker.getTypeOfSymbol(each), seen))
  );
}

/** What a promise is of, what an array holds. */
function argumentsOf(checker: TypeChecker, type: Type): readonly Type[] {
  return "target" in type ? checker.getTypeArguments(type as Parameters<TypeChecker["getTypeArguments"]>[0]) : [];
}
