import { expect, test } from "vitest";
import { codeOf } from "./code";

test("the code is what follows the #", () => expect(codeOf("#Zm9vYmFyYmF6cXV4")).toBe("Zm9vYmFyYmF6cXV4"));

test.each(["", "#", "#short", "#a b c d e f g h", "#<script>alert(1)</script>", `#${"a".repeat(300)}`])(
  "%j is none",
  (fragment) => expect(codeOf(fragment)).toBeNull(),
);
