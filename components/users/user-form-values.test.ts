import { expect, test } from "vitest";
import { readUserForm } from "./user-form-values";

function form(values: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  return data;
}

test("a new person has groups, and a password only if one was typed, as it was typed", () => {
  const data = form({
    username: " mara ",
    email: "",
    groups: "a\nb",
    password: " with blanks ",
    "usernames.jira": " m ",
  });
  expect(readUserForm(data, "person", true)).toEqual({
    ...{ username: "mara", displayName: "", email: null, aliases: [], usernames: { jira: "m" } },
    ...{ groups: ["a", "b"], password: " with blanks " },
  });
  expect(readUserForm(form({ username: "x" }), "person", true)).not.toHaveProperty("password");
});

test("a service account has maintainers and never a password", () => {
  const data = form({ username: "bot", "maintainers.users": "ada, bea", "maintainers.groups": "", password: "x" });
  const body = readUserForm(data, "service", true);
  expect(body).toMatchObject({ maintainers: { users: ["ada", "bea"], groups: [] } });
  expect(body).not.toHaveProperty("password");
});

test("changing somebody leaves alone what the form does not show", () => {
  const body = readUserForm(form({ username: "x", groups: "a", password: "p" }), "person", false);
  expect(Object.keys(body).sort()).toEqual(["aliases", "displayName", "email", "username", "usernames"]);
});
