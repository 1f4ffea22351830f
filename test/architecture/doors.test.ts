import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isStringLiteral, type Node } from "typescript";
import { describe, expect, test } from "vitest";
import { projectFolder } from "#server/project";
import { parsed, type Source, sources } from "../source-files";
import { nodesIn } from "./imports-of";
import { addressOf, wrongInPage } from "./pages";
import { wrongInRoute } from "./routes";

const ALL = sources();
const named = (pattern: RegExp) => ALL.filter(({ path }) => pattern.test(path));
const found = (files: readonly Source[], check: (source: Source) => string[]) =>
  files.flatMap((source) => check(source).map((wrong) => `${source.path}: ${wrong}`));
const planted = (path: string, text: string): Source => ({ path, text, lines: 0, isTest: false });

describe("routes", () => {
  /** Routes that are made otherwise, and why. */
  const OTHERWISE = [
    "app/api/auth/[...nextauth]/route.ts", // next-auth answers; what it calls are commands
    "app/api/v1/[[...unknown]]/route.ts", // says of everything else that there is no such route
  ];
  const ROUTES = named(/^app\/.*route\.ts$/);

  test("of the API are made of commands and queries, and answer every method on purpose", () => {
    const judged = ROUTES.filter(({ path }) => !OTHERWISE.includes(path));
    expect(judged.length + OTHERWISE.length).toBe(ROUTES.length);
    expect(found(judged, wrongInRoute)).toEqual([]);
  });

  test.each([
    ["a handler of its own", "export async function GET() { return new Response(); }", "no constant"],
    ["a handler from elsewhere", 'export { GET } from "./other";', "no constant"],
    [
      "a maker of the same name",
      'import { endpoint } from "./mine";\nexport const GET = endpoint(x);',
      "GET is made by",
    ],
    [
      "a handler around one",
      'import { endpoint } from "#lib/commands/endpoint";\nexport const PUT = () => endpoint(x);',
      "PUT is",
    ],
    [
      "a method left out",
      'import { othersThan } from "#lib/commands/methods";\nexport const { GET, PUT } = othersThan();',
      "answer DELETE",
    ],
  ])("%s is found", (_what, text, said) => {
    expect(wrongInRoute(planted("app/api/v1/x/route.ts", text)).join()).toContain(said);
  });
});

describe("pages", () => {
  /** Pages for everybody: whoever is not signed in finds how to be, and help. */
  const FOR_ALL = /^app\/(\(signed-out\)|help)\//;
  /** Shows nothing, sends on: to the set-up while there is nobody who could sign in. */
  const SENDS_ON = "app/page.tsx";
  const PAGES = named(/^app\/.*page\.tsx$/).filter(({ path }) => /(^|\/)page\.tsx$/.test(path));

  test("are made by signedInPage, which authorises before it asks for anything", () => {
    const judged = PAGES.filter(({ path }) => !FOR_ALL.test(path) && path !== SENDS_ON);
    expect(judged.length).toBeGreaterThan(0);
    expect(found(judged, wrongInPage)).toEqual([]);
  });

  const IMPORT = 'import { signedInPage } from "../signed-in-page";\n';
  const page = (options: string) => `${IMPORT}export default signedInPage(${options});`;
  const GOOD = page('{ path: "/x", find }');
  test.each([
    ["a page of its own", "export default async function Page() { return await find(); }"],
    ["one by a maker of the same name", GOOD.replace("../signed-in-page", "./mine")],
    ["one under another address", page('{ path: "/y", find }')],
    ["one under an address that cannot be seen", page("options")],
    ["one that is put into another", GOOD.replace("signedInPage({", "wrapped({")],
    ["one with data in its title", `${GOOD}\nexport async function generateMetadata() {}`],
    ["one with data in its title, as a constant", `${GOOD}\nexport const generateMetadata = async () => find();`],
    ["one that is another's", 'export { default } from "./other";'],
  ])("%s is found", (_what, text) => {
    expect(wrongInPage(planted("app/x/page.tsx", text))).not.toEqual([]);
  });

  test("one that is made as it should be is fine", () => {
    expect(wrongInPage(planted("app/x/page.tsx", `${GOOD}\nexport const metadata = { title: "X" };`))).toEqual([]);
  });

  /** Looked at by a journey of its own, which must name it. */
  const ELSEWHERE: Readonly<Record<string, string>> = {
    "/setup": "e2e/first-run.spec.ts",
    "/admin/tokens/operations/{}": "e2e/many-tokens.spec.ts",
    "/second-factor": "e2e/second-factor.spec.ts",
  };

  test("are all looked at in light and dark, on a phone and a desk", () => {
    const list = planted("e2e/pages.spec.ts", readFileSync(join(projectFolder(), "e2e/pages.spec.ts"), "utf8"));
    const isPath = (node: Node) => isStringLiteral(node) && node.text.startsWith("/");
    const looked = nodesIn(parsed(list))
      .filter(isPath)
      .map((node) => shape(node.getText().slice(1, -1)));
    const wanted = PAGES.map(({ path }) => shape(addressOf(path))).filter((path) => path !== "/");
    expect(wanted.filter((path) => !looked.includes(path) && !(path in ELSEWHERE))).toEqual([]);
    for (const [path, by] of Object.entries(ELSEWHERE)) {
      expect(readFileSync(join(projectFolder(), by), "utf8")).toContain(path.replace("/{}", ""));
    }
  });

  const shape = (address: string) => address.replace(/\?.*$/, "").replace(/\[[^\]]*\]|\{[^}]*\}/g, "{}");
});
