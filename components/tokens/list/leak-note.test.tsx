import { renderToStaticMarkup as html } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { READER, tokenView } from "#test/pages";
import { LeakNote } from "./leak-note";

const at = (days: number) => new Date(READER.now + days * 86_400_000).toISOString();
const leaked = (name: string, days: number) => tokenView({ id: `t-${name}`, name, leakReportedAt: at(days) });
const drawn = (...tokens: ReturnType<typeof leaked>[]) =>
  html(<LeakNote tokens={tokens} reader={READER} />).replace(/<[^>]*>/g, "");

describe("the note about a leak", () => {
  test("names the token, when it was reported, and what to do, with a way on", () => {
    expect(drawn(leaked("backup", -1))).toMatch(/found the secret of backup where .* reported it .*make a new one\./);
    const markup = html(<LeakNote tokens={[leaked("backup", -1)]} reader={READER} />);
    expect(markup).toContain('href="/tokens/t-backup"');
    expect(markup).toContain('href="/help#leaks"');
  });

  test("counts the others, and stands for a week", () => {
    expect(drawn(leaked("a", -1), leaked("b", -2))).toContain("a, and one other of yours");
    expect(drawn(leaked("a", -1), leaked("b", -2), leaked("c", -3))).toContain("a, and 2 others of yours");
    expect(drawn(leaked("old", -8), leaked("a", -1))).toMatch(/secret of a where/);
    expect(drawn(leaked("old", -8))).toBe("");
    expect(drawn(tokenView({ status: "revoked" }))).toBe("");
  });
});
