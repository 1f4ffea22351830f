import { describe, expect, test } from "vitest";
import { readConfiguration } from "#lib/env";
import { wrappingKey } from "#lib/keys/key";
import { assertionWrapping } from "./wrapping";

const [NEW, OLD] = ["a secret of more than thirty-two characters", "the one before, also of more than thirty-two"];
const derived = (secret: string) => wrappingKey(secret, "assertion").toString("base64");

function wrapping(variables: Readonly<Record<string, string>>): string[] {
  const read = readConfiguration(variables);
  if (!read.ok) throw new Error(read.refusal.detail);
  return assertionWrapping(read.value).map((key) => key.toString("base64"));
}

describe("what opens the assertion keys", () => {
  test("is what the verifier was told of it, today's and that before", () => {
    const told = { LATCHKEY_ASSERTION_SECRET: derived(NEW), LATCHKEY_ASSERTION_SECRET_PREVIOUS: derived(OLD) };
    expect(wrapping(told)).toEqual([derived(NEW), derived(OLD)]);
  });

  test("follows from LATCHKEY_SECRET, where a verifier has that", () => {
    const whole = { LATCHKEY_SECRET: NEW, LATCHKEY_SECRET_PREVIOUS: OLD };
    expect(wrapping(whole)).toEqual([derived(NEW), derived(OLD)]);
  });

  test("is nothing where nothing was told", () => {
    expect(wrapping({})).toEqual([]);
  });
});
