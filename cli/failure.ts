import { randomUUID } from "node:crypto";
import { codesOf, isUnavailable } from "#lib/db/failure";
import { readConfiguration } from "#lib/env";
import type { Refusal } from "#lib/errors/error";
import { type Problem, problemOf, UNEXPECTED } from "#lib/errors/problem";
import { log } from "#lib/log";
import { StartFailure } from "#server/start-failure";

const FALLBACK = "http://localhost:3000";

/** A refusal as REST would say it. */
export function problemFor(refusal: Refusal): Problem {
  const read = readConfiguration(process.env);
  return problemOf(refusal, read.ok ? read.value.url : FALLBACK, randomUUID());
}

/** What was thrown: the foreseen in a sentence, everything else logged once and told without details. */
export function problemOfThrown(thrown: unknown): Problem {
  const sentence = sentenceFor(thrown);
  if (sentence !== null) return unavailable(sentence);
  const requestId = randomUUID();
  log.error("unexpected", { requestId, error: thrown });
  return { ...UNEXPECTED, requestId };
}

/** The answer could not be written: a closed pipe, a full disk. */
export function problemOfLost(error: Error): Problem {
  return unavailable(
    `It is done, but its answer could not be written (${error.message}). Look at it again; if it held a secret, rotate that.`,
  );
}

const unavailable = (detail: string): Problem => problemFor({ code: "unavailable", detail, errors: [] });

const NO_TABLE = ["P2021", "P2022", "42P01", "42703"];
const NOT_LET_IN = /^(28|3D000)/;
const NO_RIGHT = ["42501"];

function sentenceFor(thrown: unknown): string | null {
  if (thrown instanceof StartFailure) return thrown.message;
  const codes = codesOf(thrown);
  if (codes.some((code) => NOT_LET_IN.test(code))) {
    return "The database does not let this role in: see that DATABASE_URL names the right database, user and password.";
  }
  if (isUnavailable(thrown)) return "The database does not answer. See that it runs, and try again.";
  if (codes.some((code) => NO_TABLE.includes(code))) {
    return "This database holds no Latchkey yet, or an older one: run npm run db:migrate, or npm start.";
  }
  if (codes.some((code) => NO_RIGHT.includes(code))) {
    return "The role in DATABASE_URL may not do this: name the portal's role there, and let npm run db:migrate give it its rights.";
  }
  if (thrown instanceof Error && thrown.message.includes("LATCHKEY_SECRET")) {
    return "LATCHKEY_SECRET is not the one with which this database was set up: restore that one (with the embedded database it is the file secret in the data folder).";
  }
  return null;
}
