import { expect, test } from "vitest";
import { nextMigration } from "./name";

test("a new migration has the next number and the words it was given", () => {
  expect(nextMigration("token labels", ["0001_the_model"])).toBe("0002_token_labels");
  expect(nextMigration("Find by Secret!", ["0001_a", "0009_b"])).toBe("0010_find_by_secret");
  expect(nextMigration("first", [])).toBe("0001_first");
});

test.each([undefined, "", "  ", "x", "123", "../evil", "a".repeat(80)])(
  "%j is no name, and the sentence shows one",
  (words) => {
    expect(() => nextMigration(words, [])).toThrow("npm run db:migration -- token_labels");
  },
);
