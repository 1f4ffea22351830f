import { expect, test } from "./fixtures";
import { makeToken } from "./house";
import { arrive, choose, leave, pick, press, type, unfold } from "./keys";

test("an application is made in its wizard by keyboard: each step begins at its first question", async ({
  adminPage: page,
}) => {
  await page.goto("/admin/applications/new");
  await arrive(page, "Connect an application");
  await choose(page, /^Something else/);
  await type(page, "Name", "Valley forum");
  await press(page, "button", "Next");
  const hosts = page.getByRole("textbox", { name: "Hosts" });
  await expect(hosts).toBeFocused();
  await page.keyboard.type("127.0.0.1"); // Jira's already
  await press(page, "button", "Back");
  await expect(page.getByRole("radio", { name: /^Something else/ })).toBeFocused();
  await press(page, "button", "Next");
  await expect(hosts).toHaveValue("127.0.0.1");
  await press(page, "button", "Next");
  await choose(page, /^A header/);
  await press(page, "button", "Next");
  await pick(page, "Passwords", "observe");
  await press(page, "button", "Make application");
  await expect(hosts).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("valley.example.com");
  await press(page, "button", "Next");
  await press(page, "button", "Next");
  await press(page, "button", "Make application");
  await arrive(page, "Connect Valley forum");
});

test("a request is explained, and an event found and opened, by keyboard", async ({ house, adminPage: page }) => {
  const { secret } = await makeToken(house.latchkey, ["--access", "read"]);
  await page.goto("/admin/explain");
  await arrive(page, /Explain/);
  await pick(page, "Token", "paste");
  await type(page, "Secret", secret);
  await type(page, "Method", "POST", "combobox");
  await type(page, "Address called", "no address");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Address called" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("http://127.0.0.1/rest/api/2/issue");
  await press(page, "button", "Explain");
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("Refused:");
  await unfold(page, "steps passed");

  await page.goto("/admin/audit");
  await arrive(page, "Audit log");
  await type(page, "Who", "root.admin");
  await pick(page, "What", "token.created");
  await press(page, "button", "Filter");
  await expect(page).toHaveURL(/actor=root/);
});

test("the palette opens, finds a page and closes by keyboard, and gives the focus back", async ({
  adminPage: page,
}) => {
  await page.goto("/tokens");
  await arrive(page, "My tokens");
  await press(page, "button", /^Go to, or find/);
  const box = page.getByRole("combobox", { name: "Go to, or find" });
  await expect(box).toBeFocused();
  await leave(page, page.getByRole("dialog"), page.getByRole("button", { name: "Go to, or find" }).first());
  await page.keyboard.press("Control+k");
  await expect(box).toBeFocused();
  await page.keyboard.type("settings");
  await expect(page.getByRole("option", { name: "Settings" })).toBeVisible();
  await page.keyboard.press("Enter");
  await arrive(page, "Settings");
});
