/**
 * Why a process cannot start, in one sentence that says what to do. Caught once, at the edge of the process, which
 * prints the sentence without a stack and ends with status 1.
 */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}

/** The message of whatever was thrown, on one line. */
export const messageOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message || thrown.name : String(thrown)).replace(/\s*\n\s*/g, " · ");

/** The `code` that Node and PostgreSQL put on their errors, or an empty string. */
export const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
