import { expect, test } from "vitest";
import { onward } from "./go-on";

test.each([
  ["/claim", "#Zm9vYmFyYmF6cXV4", "/claim#Zm9vYmFyYmF6cXV4"],
  ["/tokens", "", "/tokens"],
  ["/help#use", "#Zm9v", "/help#use"],
  ["/claim", `#${"x".repeat(300)}`, "/claim"],
  ["/claim", "#//evil.example", "/claim#//evil.example"],
])("to %s with %s goes to %s: never to another host", (to, fragment, where) => {
  expect(onward(to, fragment)).toBe(where);
  expect(new URL(onward(to, fragment), "https://portal.test").origin).toBe("https://portal.test");
});
