import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { tokenView } from "#test/pages";
import { FurtherLimits } from "./further-limits";

const shown = (some: Parameters<typeof tokenView>[0]) =>
  renderToStaticMarkup(<FurtherLimits token={tokenView(some)} />);

test("what narrows a token is said, and of many paths each can be read", () => {
  expect(shown({})).toContain("None");
  expect(shown({ pathRules: ["GET /a", "GET /b"] })).not.toContain("<details");
  const many = shown({ pathRules: ["GET /a", "GET /b", "POST /c/**"] });
  for (const text of ["Only 3 paths", "GET /a", "GET /b", "POST /c/**"]) expect(many).toContain(text);
});

test("what cannot be read is never shown as nothing", () => {
  const unreadable = shown({ restrictionsUnreadable: true });
  expect(unreadable).toContain("cannot be read");
  expect(unreadable).not.toContain("None");
});
