import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import { BeforePanel } from "./before-panel";

const nothing = () => undefined;
const heading = (of?: string, verb?: string) => {
  const panel = { of, busy: false, onConfirm: nothing, onDiscard: nothing, ...(verb === undefined ? {} : { verb }) };
  return /<h2[^>]*>(?:<svg.*<\/svg>)?(.*)<\/h2>/s.exec(html(<BeforePanel {...panel}>…</BeforePanel>))?.[1];
};

test("what is shown before deleting is called otherwise than what is shown before saving on the same page", () => {
  expect(heading("the tier")).toBe("Before you save the tier");
  expect(heading("the tier", "Delete")).toBe("Before you delete the tier");
  expect(heading(undefined, "Move")).toBe("Before you save");
});
