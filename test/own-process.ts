/**
 * Unit tests that measure the process they run in, or change it: each has one of its own. The others share a process for
 * each worker, because starting one takes more than most of them do. test/habits.test.ts finds who belongs here.
 */
export const IN_THEIR_OWN_PROCESS = [
  "cli/usage.test.ts",
  "lib/auth/password.test.ts",
  "lib/auth/request-actor.test.ts",
  "lib/commands/answer.test.ts",
  "lib/commands/cut-off.test.ts",
  "lib/commands/methods.test.ts",
  "lib/redaction.test.ts",
  "lib/verification/facts/memory.test.ts",
  "lib/verification/facts/waiting-memory.test.ts",
];
