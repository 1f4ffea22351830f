import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atBrowser, tokenRow } from "#test/token-rows";
import { tokenView } from "../view";
import { TOKENS_CSV } from "./csv";

/** Reads one line of CSV as RFC 4180 says. */
const read = (line: string) =>
  [...line.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n)/g)].map(([, field = ""]) => field.replaceAll('""', '"'));

describe("an exported token", () => {
  it("has every field where its head says, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const view = tokenView(atBrowser("u-ada"), tokenRow({ name, contact: 'שלום, "Team"\nmore' }), null, [], 0);
        const fields = read(TOKENS_CSV.line(view));
        expect(fields).toHaveLength(read(TOKENS_CSV.head).length);
        expect(fields[read(TOKENS_CSV.head).indexOf("contact")]).toBe('שלום, "Team"\nmore');
        expect(fields[1]?.endsWith(name)).toBe(true);
      }),
    );
  });

  it("says what is missing by nothing", () => {
    const view = tokenView(
      atBrowser("u-ada"),
      tokenRow({ expiresAt: null, hint: null, allApplications: true, applications: [] }),
      null,
      [],
      0,
    );
    const fields = read(TOKENS_CSV.line(view));
    const at = (name: string) => fields[read(TOKENS_CSV.head).indexOf(name)];
    expect([at("expiresAt"), at("hint"), at("lastUsedAt"), at("applications")]).toEqual(["", "", "", "all"]);
  });
});
