import { expect, test } from "./fixtures";
import { rowsOf } from "./rows";

const HOST = "notes.example.com";

async function kidsAt(port: number): Promise<string[]> {
  const { keys } = await (await fetch(`http://127.0.0.1:${port}/.well-known/jwks.json`)).json();
  return keys.map(({ kid }: { kid: string }) => kid).toSorted();
}

test("an application is set up to verify who asks, by public keys that every verifier tells alike", async ({
  house: { latchkey, second },
  adminPage,
}) => {
  const notes = ["--key", "notes", "--name", "Notes", "--kind", "generic", "--route", HOST];
  const { id } = await latchkey.cli(["application", "create", ...notes]);
  await adminPage.goto(`/admin/applications/${id}`);
  await adminPage.getByRole("radio", { name: /A signed assertion/ }).check();
  await adminPage.getByRole("checkbox", { name: /Tokens limited to addresses/ }).check();
  const saved = adminPage.waitForResponse((response) => response.request().method() === "PATCH");
  await adminPage.getByRole("button", { name: "Save" }).click();
  expect((await saved).status()).toBe(200);
  await adminPage.reload();
  await expect(adminPage.getByRole("radio", { name: /A signed assertion/ })).toBeChecked();
  await expect(adminPage.getByRole("checkbox", { name: /Tokens limited to addresses/ })).toBeChecked();

  const kids = await kidsAt(latchkey.verifierPort);
  expect(kids.length).toBeGreaterThan(1);
  expect(await kidsAt(second.port)).toEqual(kids);
});

test("all keys are rotated while people are signed in: they stay so, and the log is whole", async ({
  house: { latchkey, second },
  adminPage,
}) => {
  await adminPage.goto("/overview");
  await rowsOf(latchkey, "UPDATE keys SET created_at = now() - interval '1 hour'");
  for (const purpose of ["session", "vault", "audit", "assertion"]) {
    const { active, next, retired } = await latchkey.cli(["key", "rotate", "--purpose", purpose]);
    expect(new Set([active, next, retired]).size).toBe(3);
    if (purpose !== "assertion") continue;
    for (const port of [latchkey.verifierPort, second.port])
      expect(await kidsAt(port)).toEqual(expect.arrayContaining([active, next, retired]));
  }
  await adminPage.goto("/admin/audit");
  await expect(adminPage.getByText(/rotated the assertion key/)).toBeVisible();
  expect(await latchkey.cli(["audit", "verify"])).toMatchObject({ firstBad: null });
});
