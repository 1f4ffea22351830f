import { expect, test } from "vitest";
import { sources } from "#test/source-files";

/** What people and scripts go on doing while a restored backup is in quarantine, and why. */
const OPEN = {
  "lib/journal/commands/end-quarantine.ts": "has rules of its own (left.ts): ends it where nothing is left",
  "lib/sessions/commands/confirm.ts": "step-up, which ending the quarantine asks for",
  "lib/sessions/commands/end-all-of.ts": "ends",
  "lib/sessions/commands/end-one-of.ts": "ends",
  "lib/sessions/commands/end-others.ts": "ends",
  "lib/sessions/commands/end-session.ts": "ends: sign-out",
  "lib/sessions/commands/sign-in-externally.ts": "lets somebody in, to look",
  "lib/sessions/commands/sign-in.ts": "lets somebody in, to look",
  "lib/tokens/commands/begin-bulk.ts": "ends, where it revokes or suspends",
  "lib/tokens/commands/continue-bulk.ts": "ends, where it revokes or suspends",
  "lib/tokens/commands/end-itself.ts": "ends",
  "lib/tokens/commands/report-leaks.ts": "ends",
  "lib/tokens/commands/revoke.ts": "ends",
  "lib/tokens/commands/suspend.ts": "ends, until somebody resumes it",
} as const;

test("while a restored backup waits, these commands and no others are open from afar", () => {
  const open = sources().filter(
    ({ isTest, text }) => !isTest && /whileRestored: ("open",|\(.*\) => isEnd\()/.test(text),
  );
  expect(open.map(({ path }) => path).sort()).toEqual(Object.keys(OPEN).sort());
});
