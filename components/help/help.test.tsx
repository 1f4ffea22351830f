import { renderToStaticMarkup as html } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { ERRORS } from "#lib/errors/error";
import { REFUSAL_DAYS } from "#lib/jobs/periods";
import { REASONS } from "#lib/verification/reasons";
import { FACTS } from "#test/pages";
import { CHAPTERS } from "./chapters";
import { HowToUse } from "./how-to-use";
import { refusalSections } from "./refusal-sections";
import { Refusals } from "./refusals";
import { sampleFacts } from "./sample-facts";

const facts = sampleFacts({ username: "mara.lindqvist", applications: FACTS.applications });
const KEPT = { usageDays: 123, sightingsDays: 45 };
const help = html(<HowToUse facts={facts} portal="https://tokens.example.com" kept={KEPT} />);
const refusals = html(<Refusals />);
const idsOf = (markup: string) => [...markup.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? "");

describe("the help", () => {
  test("has every chapter that its contents promise, in that order, and no anchor twice", () => {
    const ids = idsOf(help);
    const chapters: readonly string[] = CHAPTERS.map((chapter) => chapter.id);
    expect(ids.filter((id) => chapters.includes(id))).toEqual(chapters);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("has an anchor for every code that a problem of the API links to", () => {
    expect(idsOf(help)).toEqual(expect.arrayContaining(Object.keys(ERRORS)));
  });

  test("fills in the reader's own host and username, and never a secret", () => {
    expect(help).toContain("https://jira.example.com");
    expect(help).toContain("mara.lindqvist");
    expect(help).not.toMatch(/lk_[0-9A-Za-z]{38}/);
  });

  test("says how long what is recorded is kept, as this installation is set", () => {
    for (const days of [KEPT.usageDays, KEPT.sightingsDays, REFUSAL_DAYS]) expect(help).toContain(`: ${days} days`);
    expect(help).not.toMatch(/\b(180|400) days/);
  });

  test("for a visitor it has examples that nobody owns", () => {
    expect(sampleFacts(null)).toMatchObject({
      kind: "jira",
      base: "https://jira.example.com",
      username: "your.username",
    });
  });
});

describe("the help on refusals", () => {
  const refusing = Object.entries(REASONS).filter(([, reason]) => reason.status !== 200);

  test("explains every refusal of the catalogue, each at an anchor of its own", () => {
    const ids = idsOf(refusals);
    expect(ids).toEqual(expect.arrayContaining(refusing.map(([code]) => code)));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("has a section for every help anchor that a refusal links to", () => {
    const anchors = refusalSections().map((section): string => section.id);
    expect(anchors).toEqual(expect.arrayContaining(refusing.map(([, reason]) => reason.help)));
  });
});
