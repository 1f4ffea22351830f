import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Explained } from "#lib/verification/queries";
import { Verdict } from "./verdict";

type Step = Explained["steps"][number];

const step = (number: number, detail: string, rule: string | null): Step => ({
  ...{ step: number, name: "x", outcome: "passed", detail, rule, remedy: null },
});
const drawn = (reason: Explained["reason"], ...steps: Step[]): string =>
  renderToStaticMarkup(
    <Verdict
      explained={{
        ...{ allowed: true, status: 200, reason, steps },
        about: { gateway: "gw", application: "jira", tokenId: null },
      }}
      choices={{ gateways: [], applications: [{ id: "a", key: "jira", name: "Jira" }] }}
    />,
  );
const headline = (page: string): string => (/<h2.*?<\/h2>/.exec(page)?.[0] ?? "").replaceAll(/<[^>]*>/g, "");
const EXCEPTION = step(7, "It is no token of ours. An exception lets it through.", "block, except for fred");

test("the headline of what is no token says what let it through, and which rule, and leads there", () => {
  const page = drawn("let_through", EXCEPTION);
  expect(headline(page)).toBe("Passes: it is no token of ours. An exception lets it through.");
  expect(page).toContain('<b class="text-fg">block, except for fred</b>');
  expect(page).toContain('href="/admin/applications/a"');
});

test("a token that a rule of the path filter only observes is told from one that nothing stands out of", () => {
  const open = step(7, "One credential, a token of ours.", null);
  const observed = drawn("allowed", open, step(8, "A rule of the path filter only observes it.", "enc_slash"));
  expect(headline(observed)).toBe("Passes: every step of the list says yes.");
  expect(observed).toContain(
    'A rule of the path filter only observes it. The rule is <b class="text-fg">enc_slash</b>',
  );
  expect(observed).toContain('href="/admin/applications/a"');
  const plain = drawn("allowed", open, step(8, "The path is open to tokens.", null));
  expect(plain).not.toContain("The rule is");
  expect(plain).not.toContain("href=");
});
