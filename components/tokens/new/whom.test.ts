import { expect, test } from "vitest";
import { FACTS, READER } from "#test/pages";
import { emptyDraft } from "./draft";
import { limitLines } from "./limit-lines";
import { textOf, tokenSentence } from "./sentence";
import { toldOf } from "./told";
import { inTheirName, theySee } from "./whom";

const DESK = { kind: "delegation", name: "Desk" } as const;
const FOR_BOT = {
  ...FACTS,
  holder: "bot",
  tier: null,
  sources: FACTS.sources && { ...FACTS.sources, maxActive: DESK },
};
const draft = { ...emptyDraft(FOR_BOT), name: "Nightly", applications: ["jira"], access: "write" as const };

test("a token for somebody else acts in their name, and says so", () => {
  expect([theySee("bot"), inTheirName("bot")]).toEqual(["bot", "in the name of bot"]);
  expect(textOf(tokenSentence(toldOf(draft, FOR_BOT, READER), FACTS.applications, READER))).toMatch(
    /^Nightly may read and change everything bot can in Jira/,
  );
  expect(
    textOf(tokenSentence(toldOf({ ...draft, access: "read" }, FOR_BOT, READER), FACTS.applications, READER)),
  ).toMatch(/^Nightly may only read what bot can see in Jira/);
});

test("its limits are said of them, with the delegation as their source", () => {
  const lines = limitLines(draft, FOR_BOT, READER).map(({ pieces }) => textOf(pieces));
  expect(lines).toContain("Whoever finds it can change things in the name of bot, from anywhere.");
  expect(lines).toContain("Will be 5 of 25 active tokens of bot that count: delegation Desk.");
  const full = limitLines(draft, { ...FOR_BOT, activeTokens: 25 }, READER);
  expect(full.map(({ pieces }) => textOf(pieces))).toContain(
    "25 of 25 active tokens of bot that count exist already: delegation Desk. Revoke one first.",
  );
});

test("one's own stays one's own", () => {
  expect([theySee(null), inTheirName(null)]).toEqual(["you", "in your name"]);
});
