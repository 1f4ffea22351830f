import { dirname } from "node:path";
import { renderToStaticMarkup as html } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { ERRORS } from "#lib/errors/error";
import { REASONS } from "#lib/verification/reasons";
import { type Source, sources } from "#test/source-files";
import { HowToUse } from "./how-to-use";
import { Refusals } from "./refusals";
import { sampleFacts } from "./sample-facts";

const idsOf = (help: React.ReactElement) =>
  new Set([...html(help).matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id));
const KEPT = { usageDays: 400, sightingsDays: 180 };
const ANCHORS: Readonly<Record<string, ReadonlySet<string>>> = {
  "/help": idsOf(<HowToUse facts={sampleFacts(null)} portal="https://tokens.example.com" kept={KEPT} />),
  "/help/refusals": idsOf(<Refusals />),
};

/** Links into the help as a file writes them; those that it puts together are tested where they are made. */
const linksIn = (text: string) =>
  [...text.replace(/\/\*[\s\S]*?\*\//g, "").matchAll(/["'`](\/help(?:\/refusals)?)#([\w-]+)["'`]/g)].map(
    ([, page = "", anchor = ""]) => ({
      page,
      anchor,
    }),
  );

const leadsNowhere = (text: string) =>
  linksIn(text)
    .filter(({ page, anchor }) => !ANCHORS[page]?.has(anchor))
    .map(({ page, anchor }) => `${page}#${anchor}`);

const CODE = sources().filter(({ path, isTest }) => !isTest && /^(app|components|lib|cli)\//.test(path));
const text = (path: string) => CODE.find((each) => each.path === path)?.text ?? "";

/** A page's own file and those beside it that draw it. */
const drawing = (page: Source): string => {
  const beside = [...page.text.matchAll(/from "\.\/([\w-]+)"/g)].map(([, name]) =>
    page.path.replace(/page\.tsx$/, `${name}.tsx`),
  );
  return [page.text, ...beside.map(text)].join("\n");
};

describe("links into the help", () => {
  test("lead to an anchor that is there, wherever they are written", () => {
    expect(CODE.flatMap((source) => linksIn(source.text)).length).toBeGreaterThan(30);
    expect(CODE.flatMap((source) => leadsNowhere(source.text).map((wrong) => `${source.path}: ${wrong}`))).toEqual([]);
  });

  test("and one that leads nowhere is found", () => {
    expect(leadsNowhere('<PageHead help="/help#nowhere" />')).toEqual(["/help#nowhere"]);
    expect(leadsNowhere('"/help#what" "/help/refusals#sign-in"')).toEqual([]);
  });

  test("are there for every refusal: of the portal by its code, of a gateway by its section and its code", () => {
    expect(Object.keys(ERRORS).filter((code) => !ANCHORS["/help"]?.has(code))).toEqual([]);
    const refusing = Object.entries(REASONS).filter(([, { status }]) => status !== 200);
    const wanted = refusing.flatMap(([code, { help }]) => [code, help ?? ""]);
    expect(wanted.filter((anchor) => !ANCHORS["/help/refusals"]?.has(anchor))).toEqual([]);
  });

  /** The help itself, and what only sends on. */
  const WITHOUT = /^app\/(help\/|page\.tsx$|\(signed-out\)\/(sign-in|setup)\/)/;

  test("stand on every page of somebody signed in", () => {
    const pages = CODE.filter(({ path }) => /^app\/.*page\.tsx$/.test(path) && path.endsWith("/page.tsx"));
    const without = pages.filter((page) => !WITHOUT.test(page.path) && linksIn(drawing(page)).length === 0);
    expect(pages.length).toBeGreaterThan(20);
    expect(without.map(({ path }) => path)).toEqual([]);
  });

  test("lead to a paragraph about just this page: what makes, shows and lists something has each its own", () => {
    const heads = CODE.filter(({ path }) => path.startsWith("app/")).flatMap(({ path, text: all }) =>
      [...all.matchAll(/help="\/help#([\w-]+)"/g)].map(([, anchor = ""]) => ({ path, anchor })),
    );
    const sharing = (anchor: string) =>
      new Set(heads.filter((each) => each.anchor === anchor).map(({ path }) => dirname(path)));
    expect(heads.filter(({ anchor }) => sharing(anchor).size > 2)).toEqual([]);
  });
});
