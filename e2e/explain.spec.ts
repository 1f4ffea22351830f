import { expectAccessible } from "./accessible";
import { type Asked, askUntil, explained, refusedRequest } from "./asking";
import { expect, test } from "./fixtures";
import { makeToken } from "./house";
import { settled } from "./question";

const READ = "/rest/api/2/myself";

test("a refused request is said to pass now only where all that decided is kept", async ({
  house,
  adminPage: page,
}) => {
  const { secret } = await makeToken(house.latchkey, ["--access", "read"]);
  await settled(house, secret);
  const told = async (asked: Asked) => refusedRequest(page, (await askUntil(house, asked, 403)).requestId);

  const byQuery = await told({ path: `${READ}?_method=DELETE`, secret });
  await expect(byQuery).toContainText("It cannot be judged again: its query decided or may decide, and is not kept.");
  await expect(byQuery).toContainText("the token itself; parameter _method, which asks for another method");
  await expect(byQuery).not.toContainText("would pass");

  const byHeader = await told({ path: READ, secret, headers: { "X-HTTP-Method-Override": "DELETE" } });
  await expect(byHeader).toContainText("a header of it decided or may decide");
  await expect(byHeader).not.toContainText("would pass");

  const byMethod = await told({ path: "/rest/api/2/issue", method: "POST", secret });
  await expect(byMethod).toContainText("Still refused:");

  // The same, described.
  const verdict = await explained(page, { path: `${READ}?_method=DELETE`, secret });
  await expect(verdict).toContainText("Without the parameter _method it would only read.");
});

test("any method can be explained, and any time, on a phone too", async ({ house, adminPage: page }) => {
  const { secret } = await makeToken(house.latchkey, ["--access", "read"]);
  const asked = { path: READ, secret };
  for (const method of ["PROPPATCH", "MKCOL", "M-SEARCH"])
    await expect((await explained(page, { ...asked, method })).getByRole("heading")).toContainText("Refused:");
  const named = page.getByLabel("Method", { exact: true });
  expect(await named.evaluate((field: HTMLInputElement) => [...(field.list?.options ?? [])].length)).toBeGreaterThan(
    10,
  );

  await page.setViewportSize({ width: 360, height: 740 });
  await expect((await explained(page, asked)).getByRole("heading")).toContainText("Passes:");
  await page.getByLabel(/^When/).fill("2099-01-01T12:00");
  await page.getByRole("button", { name: "Explain" }).click();
  const verdict = page.getByRole("region", { name: "Verdict" });
  await expect(verdict.getByRole("heading")).toContainText("The token has expired.");
  await expectAccessible(page, "a verdict");
});
