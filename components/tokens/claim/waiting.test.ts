import { describe, expect, test } from "vitest";
import { offeredToken, READER } from "#test/pages";
import { causeOf } from "../list/cause";
import { openerWords } from "./opener";

const in_ = (days: number) => new Date(READER.now + days * 86_400_000).toISOString();
const claim = { madeAt: in_(-1), madeBy: "ann", expiresAt: in_(6) };
const pending = { status: "pending" as const, hint: null, owner: { id: "u-ada", username: "ada" } };
const cause = (some: object, username = "ada", may: readonly "link"[] = []) =>
  causeOf(offeredToken({ ...pending, ...some }, may), username, READER);

describe("a token that waits to be claimed", () => {
  test("tells its owner who sent the link, and until when it opens", () => {
    expect(cause({ claim })).toEqual({
      tone: "waiting",
      sentence:
        "It waits for you: open the link that ann sent you, until 26 Nov. The secret is made then, and shown once.",
      remedy: null,
    });
  });

  test("tells everybody else for whom it waits, and offers a new link to who may make one", () => {
    expect(cause({ claim }, "eve")?.sentence).toMatch(
      /^Its secret is made when ada opens the claim link, until 26 Nov/,
    );
    expect(cause({ claim }, "ann", ["link"])).toMatchObject({ tone: "waiting", remedy: "link" });
  });

  test("whose link has expired says so, with the way out", () => {
    const late = { claim: { ...claim, expiresAt: in_(0) } };
    expect(cause(late)).toMatchObject({
      tone: "warning",
      sentence: "It has no secret yet, and its claim link has expired: ask ann for a new one.",
    });
    expect(cause(late, "ann", ["link"])).toMatchObject({
      sentence: "It has no secret yet, and its claim link has expired: make a new one.",
      remedy: "link",
    });
  });

  test("whose link was made void names who made the token", () => {
    expect(cause({ claim: null, createdBy: "ann" })?.sentence).toBe(
      "It has no secret yet, and its claim link was made void: ask ann for a new one.",
    );
  });
});

test("a link is opened by the person, or by whoever maintains the account", () => {
  expect(openerWords({ username: "ada", kind: "person" })).toBe("ada");
  expect(openerWords({ username: "bot", kind: "service" })).toBe("a maintainer of bot");
});
