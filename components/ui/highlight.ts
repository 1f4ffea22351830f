export type CodeLanguage = "shell" | "python" | "javascript" | "powershell" | "text";

/** `at` is where the piece begins in the code. */
export type CodePiece = {
  readonly at: number;
  readonly text: string;
  readonly kind: "plain" | "comment" | "string" | "keyword";
};

const COMMENT: Record<CodeLanguage, string> = { shell: "#", python: "#", javascript: "//", powershell: "#", text: "" };

const KEYWORDS: Record<CodeLanguage, string> = {
  shell: "export|curl|git|printf",
  python: "import|from|as|print|with",
  javascript: "const|await|import|from|new",
  powershell: "Invoke-RestMethod",
  text: "",
};

const STRING = `"(?:\\\\.|[^"\\\\\\n])*"|'(?:[^'\\\\\\n]|\\\\.)*'`;

/**
 * Cuts code into pieces to be coloured: whole-line comments, strings, a few keywords. It knows just enough for our own
 * snippets; joining the pieces always gives the code back, letter by letter.
 */
export function highlight(code: string, language: CodeLanguage): readonly CodePiece[] {
  if (language === "text") return [{ at: 0, text: code, kind: "plain" }];
  const comment = `(?:^|(?<=\\n))[ \\t]*${COMMENT[language]}[^\\n]*`;
  const pattern = new RegExp(
    `(?<comment>${comment})|(?<string>${STRING})|(?<keyword>(?<![\\w-])(?:${KEYWORDS[language]})(?![\\w-]))`,
    "g",
  );
  const pieces: CodePiece[] = [];
  let end = 0;
  for (const match of code.matchAll(pattern)) {
    if (match.index > end) pieces.push({ at: end, text: code.slice(end, match.index), kind: "plain" });
    const kind = match.groups?.comment ? "comment" : match.groups?.string ? "string" : "keyword";
    pieces.push({ at: match.index, text: match[0], kind });
    end = match.index + match[0].length;
  }
  if (end < code.length) pieces.push({ at: end, text: code.slice(end), kind: "plain" });
  return pieces;
}
