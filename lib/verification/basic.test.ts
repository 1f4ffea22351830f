import fc from "fast-check";
import { expect, test } from "vitest";
import { parseBasic, usernameIn } from "./basic";

const encode = (text: string) => Buffer.from(text).toString("base64");

test("splits at the first colon: a password may hold more", () => {
  expect(parseBasic(encode("fred:a:b"))).toEqual({ username: "fred", password: "a:b" });
  expect(parseBasic(encode(":p"))).toEqual({ username: "", password: "p" });
  expect(parseBasic(encode("fred:"))).toEqual({ username: "fred", password: "" });
  expect(parseBasic(encode("jörg:pässword"))).toEqual({ username: "jörg", password: "pässword" });
});

test("takes base64 with right padding or with none", () => {
  expect(parseBasic("YTpi")).toEqual({ username: "a", password: "b" });
  expect(parseBasic("YTo=")).toEqual({ username: "a", password: "" });
  expect(parseBasic("YTo")).toEqual({ username: "a", password: "" });
});

test("takes what is not UTF-8 for ISO 8859-1, but for its control characters", () => {
  const latin = (text: string) => parseBasic(Buffer.from(text, "latin1").toString("base64"));
  expect(latin("jörg:päss:w")).toEqual({ username: "jörg", password: "päss:w" });
  for (const text of ["jörg:\u0080", "j\u009frg:x", "jörg:\u0000", "jörg"])
    expect([text, latin(text)]).toEqual([text, null]);
});

test("refuses what is not base64 of text with a colon", () => {
  const wrong = [
    "",
    "YTpi=",
    "YTpi==",
    "YTo==",
    "YT",
    "Y",
    "YTp_",
    "YT-i",
    "Y Tpi",
    "YTpi\n",
    "YTpi,YTpi",
    "====",
    "YTpi*",
  ];
  for (const text of [...wrong, encode("nocolon"), encode("a\u0000:b"), encode("a:b\r\n"), encode("a:\u0085")])
    expect([text, parseBasic(text)]).toEqual([text, null]);
});

test("refuses a username longer than 255", () => {
  expect(parseBasic(encode(`${"a".repeat(255)}:p`))?.username).toHaveLength(255);
  expect(parseBasic(encode(`${"a".repeat(256)}:p`))).toBeNull();
});

test("gives back every pair that Basic can carry", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 30 }).filter((one) => !/\p{Cc}|\p{Cs}/u.test(one));
  fc.assert(
    fc.property(
      text.filter((one) => !one.includes(":")),
      text,
      (username, password) => {
        expect(parseBasic(encode(`${username}:${password}`))).toEqual({ username, password });
      },
    ),
  );
});

test("the username of a whole header is told as it came, and of Basic only", () => {
  expect(usernameIn(`basic  ${encode("ghp_bot:p")} `)).toBe("ghp_bot");
  expect(usernameIn(`Basic ${encode(":p")}`)).toBe("");
  for (const value of [
    "",
    "Basic",
    `Bearer ${encode("fred:p")}`,
    encode("fred:p"),
    "Basic !",
    `Basic ${Buffer.from("j\xf6rg:p", "latin1").toString("base64")}`, // who knows what an upstream reads in that
    `Basicx ${encode("a:b")}`,
  ])
    expect(usernameIn(value)).toBeNull();
});
