import type { ReactNode } from "react";
import { describe, expect, test } from "vitest";
import { Section } from "../section";
import { findInHelp } from "./find";
import { passagesOf } from "./passages";

function Inner() {
  return (
    <div id="inner">
      <dt>
        Inner <b>title</b>
      </dt>
      <dd>Deep text.</dd>
    </div>
  );
}

const help = (
  <>
    <Section id="zurich" title="Offices">
      <p>
        The office in <b>Zürich</b> has a network.
      </p>
      <p>Another sentence.</p>
      <p id="apart">A part of its own.</p>
      <Inner />
    </Section>
    <Section id="tokens" title="Making a token">
      <p>{"A".repeat(300)} the end has a needle in it.</p>
    </Section>
  </>
);
const pages = [{ href: "/help", page: "How to use tokens", passages: passagesOf(help) }];
const hrefs = (asked: string) => findInHelp(asked, pages).map(({ href }) => href);

describe("the passages of the help", () => {
  test("are what its parts draw, each under its own anchor and title", () => {
    expect(passagesOf(help)).toMatchObject([
      { id: "zurich", title: "Offices", text: "The office in Zürich has a network. Another sentence." },
      { id: "apart", title: "Offices", text: "A part of its own." },
      { id: "inner", title: "Inner title", text: "Deep text." },
      { id: "tokens", title: "Making a token" },
    ]);
  });

  test("have of what runs in the browser only what is put into it", () => {
    const draw = (_props: { children?: ReactNode }) => "never called";
    const Client = Object.assign(draw, { $$typeof: Symbol.for("react.client.reference") });
    const found = passagesOf(
      <div id="x">
        before <Client /> <Client>inside</Client> after
      </div>,
    );
    expect(found).toEqual([{ id: "x", title: "", text: "before inside after" }]);
  });
});

describe("searching the help", () => {
  test.each([
    ["zurich", "/help#zurich"],
    ["ZÜRICH", "/help#zurich"],
    ["zu\u0308rich", "/help#zurich"],
    ["network office", "/help#zurich"],
    ["deep", "/help#inner"],
    ["making", "/help#tokens"],
  ])("finds %s whatever its case, accents and order", (asked, href) => {
    expect(hrefs(asked)).toEqual([href]);
  });

  test.each(["", "   ", "zurich needle", ".*", "<script>"])("finds nothing for %j", (asked) => {
    expect(hrefs(asked)).toEqual([]);
  });

  test("puts what has the words in its title first", () => {
    const passage = (id: string, title: string, text: string) => ({ id, title, text });
    const passages = [passage("a", "Other", "about git"), passage("b", "With git", "more")];
    expect(findInHelp("git", [{ href: "/help", page: "", passages }]).map(({ href }) => href)).toEqual([
      "/help#b",
      "/help#a",
    ]);
  });

  test("shows the place with what is around it, in the text's own spelling", () => {
    expect(findInHelp("zurich", pages)[0]?.excerpt).toEqual([
      "The office in ",
      "Zürich",
      " has a network. Another sentence.",
    ]);
    const [before, match, after] = findInHelp("needle", pages)[0]?.excerpt ?? [];
    expect([before?.startsWith("…"), match, after]).toEqual([true, "needle", " in it."]);
  });
});
