import { Buffer } from "node:buffer";
import type { Configuration } from "#lib/env";
import { wrappingKey } from "#lib/keys/key";

type Told = Pick<Configuration, "assertionSecret" | "previousAssertionSecret" | "secret" | "previousSecret">;

const present = <T>(each: T | undefined): each is T => each !== undefined;

/** What may have wrapped the assertion keys, by what this verifier was told; nothing where it was told nothing. */
export function assertionWrapping(told: Told): readonly Buffer[] {
  const own = [told.assertionSecret, told.previousAssertionSecret].filter(present);
  const whole = [told.secret, told.previousSecret].filter(present);
  return [
    ...own.map((text) => Buffer.from(text, "base64")),
    ...whole.map((secret) => wrappingKey(secret, "assertion")),
  ];
}
