import { describe, expect, test } from "vitest";
import { endsIn, type Found, inOrder, type Line, linesIn, written } from "./line";
import { type SealKey, sealKeys } from "./seal";

const ID = "01a2014a-1b72-405c-a6d0-76738c0f5284";
const LINE: Line = {
  ...{ era: 1, epoch: ID, audit: "7", hash: "ab".repeat(32), seq: "9" },
  ...{ at: "2026-11-22T12:00:00.000Z", ends: [{ what: "end", id: "t", action: "token.revoked" }] },
};
const at = (era: number, audit: string): Line => ({ ...LINE, era, audit });
const keyOf = (secret: string, id = ID): SealKey => {
  const [key] = sealKeys([secret], id);
  if (key === undefined) throw new Error("There is a key for each secret");
  return key;
};
const [TODAY, BEFORE] = [keyOf("a secret of today"), keyOf("the secret before")];
const KEYS = [TODAY, BEFORE];

/** Texts of lines that follow each other. */
function chained(lines: readonly Line[], key: SealKey = TODAY): string[] {
  let after: string | null = null;
  return lines.map((line) => {
    const { text, seal } = written(line, after, key);
    after = seal;
    return text;
  });
}
const told = (texts: readonly string[], keys = KEYS) =>
  linesIn(texts.join(""), keys).lines.map(({ audit, proof }) => `${audit} ${proof}`);
const FOUR = ["1", "2", "3", "4"].map((audit) => at(1, audit));

describe("lines of a journal", () => {
  test("are read as they were written", () => {
    const [one, two] = [LINE, at(1, "8")].map((line) => ({ ...line, proof: "sound" }));
    expect(linesIn(chained([LINE, at(1, "8")]).join(""), KEYS)).toMatchObject({ lines: [one, two], unreadable: [] });
    expect(linesIn("", KEYS)).toEqual({ lines: [], unreadable: [], last: null });
  });

  test("are whole or not there, wherever a crash cut one off, and what comes after it is read", () => {
    const [first = "", second = ""] = chained([at(1, "7"), at(1, "8")]);
    const again = written(at(1, "8"), linesIn(first, KEYS).last, TODAY).text;
    for (let end = 2; end < second.length - 1; end += 1) {
      const cut = second.slice(0, end);
      expect(linesIn(first + cut, KEYS)).toMatchObject({ lines: [{ audit: "7" }], unreadable: [cut.trim()] });
      expect(linesIn(first + cut + again, KEYS)).toMatchObject({
        lines: [{ audit: "7" }, { audit: "8" }],
        unreadable: [],
      });
    }
    expect(told([first, second.slice(0, 40), again])).toEqual(["7 sound", "8 sound"]);
  });

  test("of another shape are set apart, and believed in nothing", () => {
    const others = [
      { ...LINE, more: 1 },
      { ...LINE, audit: "-1" },
      { ...LINE, hash: "x" },
      { ...LINE, seal: "x" },
      null,
      7,
      [],
    ];
    const text = others.map((each) => JSON.stringify(each)).join("\n");
    expect(linesIn(text, KEYS)).toMatchObject({ lines: [], unreadable: text.split("\n") });
  });

  test("of the version before the chain are read as what cannot be checked, also before lines that are", () => {
    const old = [
      '{"era":1,"epoch":"01a2014a-1b72-405c-a6d0-76738c0f5284","audit":"5","hash":"5f7ae0d8cb3c5e1ef44ed0a3a2f1cb9a9d5b1a4c1b7d2f60b8e0b6f3f1b2c3d4","seq":"8","at":"2026-11-22T11:00:00.000Z","ends":[]}',
      '{"era":1,"epoch":"01a2014a-1b72-405c-a6d0-76738c0f5284","audit":"6","hash":"c0d1e2f30415263748596a7b8c9daebfc0d1e2f30415263748596a7b8c9daebf","seq":"8","at":"2026-11-22T11:00:01.000Z","ends":[{"what":"end","id":"t","action":"token.revoked"},{"what":"go-on","id":"u","action":"token.resumed"}]}',
    ].map((each) => `\n${each}\n`);
    expect(told(old)).toEqual(["5 foreign", "6 foreign"]);
    expect(endsIn(linesIn(old.join(""), KEYS).lines)).toEqual([{ what: "end", id: "t", action: "token.revoked" }]);
    expect(told([...old, ...chained(FOUR.slice(0, 2))])).toEqual(["5 foreign", "6 foreign", "1 sound", "2 sound"]);
    expect(linesIn(`${chained([LINE]).join("")}{"era":1,"ep\n${old.join("")}`, KEYS).unreadable).toEqual([
      '{"era":1,"ep',
    ]);
  });

  test("stand in the order of what they tell, also beyond what a number holds exactly", () => {
    const lines = [at(2, "1"), at(1, "9007199254740993"), at(1, "9007199254740992"), at(1, "7")];
    expect(lines.sort(inOrder).map(({ era, audit }) => `${era} ${audit}`)).toEqual([
      "1 7",
      "1 9007199254740992",
      "1 9007199254740993",
      "2 1",
    ]);
  });
});

test("a line that was changed, or has lost those before it, is believed what ends, and not what goes on", () => {
  const ends: Line["ends"] = [
    { what: "stop", id: "t", action: "token.suspended" },
    { what: "go-on", id: "t", action: "token.resumed" },
  ];
  const of = (proof: Found["proof"]) => endsIn([{ ...LINE, ends, proof }]).map(({ what }) => what);
  expect(of("sound")).toEqual(["stop", "go-on"]);
  expect([of("after a gap"), of("changed"), of("foreign")]).toEqual([["stop"], ["stop"], ["stop"]]);
});

describe("the chain of a journal", () => {
  test.each([1, 2])("shows that line %i between others was taken out, at the one behind it", (gone) => {
    const texts = chained(FOUR).filter((_text, place) => place !== gone);
    expect(told(texts)[gone]).toBe(`${gone + 2} after a gap`);
    expect(told(texts).filter((each) => each.endsWith(" sound"))).toHaveLength(2);
  });

  test("may begin late, where the oldest lines were forgotten", () => {
    expect(told(chained(FOUR).slice(2))).toEqual(["3 sound", "4 sound"]);
  });

  test("does not break where two processes went on from one line", () => {
    const [one = "", two = ""] = chained(FOUR.slice(0, 2));
    const other = written(at(1, "3"), linesIn(one, KEYS).last, TODAY);
    const last = written(at(1, "4"), other.seal, TODAY);
    expect(told([one, two, other.text, last.text])).toEqual(["1 sound", "2 sound", "3 sound", "4 sound"]);
  });

  test.each([
    ["an id was changed", (text: string) => text.replace('"id":"t"', '"id":"u"')],
    ["an end was taken out", (text: string) => text.replace(/"ends":\[.*\]/, '"ends":[]')],
    ["its place was changed", (text: string) => text.replace('"audit":"2"', '"audit":"6"')],
    [
      "it was written anew in another order",
      (text: string) => text.replace('"era":1,', "").replace("{", '{"era":1,').replace('"epoch"', ' "epoch"'),
    ],
    ["its seal was made up", (text: string) => text.replace(/"seal":"\w+"/, `"seal":"${"0".repeat(64)}"`)],
  ])("shows that %s", (_what, change) => {
    const texts = chained(FOUR);
    const changed = texts.with(1, change(texts[1] ?? ""));
    expect(changed).not.toEqual(texts);
    expect(told(changed)[1]).toMatch(/ changed$/);
  });

  test("is that of one installation: a line of another's journal is no line of this one", () => {
    const another = keyOf("a secret of today", "b2a2014a-1b72-405c-a6d0-76738c0f5284");
    expect(told(chained([LINE], another))).toEqual(["7 foreign"]);
  });

  test("holds over a change of LATCHKEY_SECRET while the one before is known, and cannot be judged after", () => {
    const before = chained(FOUR.slice(0, 2), BEFORE);
    const after = written(at(1, "3"), linesIn(before.join(""), KEYS).last, TODAY).text;
    expect(told([...before, after])).toEqual(["1 sound", "2 sound", "3 sound"]);
    expect(told([...before, after], KEYS.slice(0, 1))).toEqual(["1 foreign", "2 foreign", "3 sound"]);
  });
});
