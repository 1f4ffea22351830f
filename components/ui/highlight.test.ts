import fc from "fast-check";
import { expect, test } from "vitest";
import { type CodeLanguage, highlight } from "./highlight";

const kinds = (code: string, language: CodeLanguage) =>
  highlight(code, language)
    .filter((piece) => piece.kind !== "plain")
    .map(({ text, kind }) => [text, kind]);

test("comments, strings and a few keywords get a colour", () => {
  expect(kinds("# hello 'you'\nexport A='b'\ncurl x", "shell")).toEqual([
    ["# hello 'you'", "comment"],
    ["export", "keyword"],
    ["'b'", "string"],
    ["curl", "keyword"],
  ]);
});

test("a # inside a string or a word is no comment", () => {
  expect(kinds("echo 'a # b' c#d", "shell")).toEqual([["'a # b'", "string"]]);
});

test("text without a language stays as it is", () => {
  expect(highlight("# 'x'", "text")).toEqual([{ at: 0, text: "# 'x'", kind: "plain" }]);
});

test("joining the pieces gives the code back, letter by letter, and every piece knows its place", () => {
  const languages = fc.constantFrom<CodeLanguage>("shell", "python", "javascript", "powershell", "text");
  const code = fc.string({
    unit: fc.constantFrom("a", " ", "\n", "'", '"', "\\", "#", "/", "import", "$"),
    maxLength: 60,
  });
  fc.assert(
    fc.property(code, languages, (text, language) => {
      const pieces = highlight(text, language);
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      for (const piece of pieces) expect(text.startsWith(piece.text, piece.at)).toBe(true);
    }),
  );
});
