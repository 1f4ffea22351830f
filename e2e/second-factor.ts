import type { APIRequestContext, Page } from "@playwright/test";
import { codeAt } from "#test/factors";

const STEP_MS = 30_000;

/** A code that was not used yet: a clock half a minute fast is allowed, so nobody waits for the next one. */
export const nextCode = (secret: string): string => codeAt(secret, Date.now() + STEP_MS);

/** Adds an authenticator app by the API, as a page of this browser would. @returns its secret */
export async function addApp(request: APIRequestContext, origin: string): Promise<string> {
  const post = async (path: string, data: object) => {
    const answer = await request.post(`/api/v1/me/factors/${path}`, { headers: { origin }, data });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  const { id, secret } = await post("totp", {});
  await post(`${id}/confirm`, { code: codeAt(secret, Date.now()) });
  return secret;
}

/** Sets up an authenticator app on the page that is open. @returns its secret and the recovery codes */
export async function setUpApp(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.getByRole("button", { name: "Set up an app" }).click();
  const secret = ((await page.getByLabel("Key", { exact: true }).textContent()) ?? "").replace(/\s/g, "");
  await page.getByLabel("Code that the app shows").fill(codeAt(secret, Date.now()));
  await page.getByRole("button", { name: "Use this app" }).click();
  const list = page.getByRole("list", { name: "The codes" });
  await list.waitFor();
  return { secret, codes: await list.getByRole("listitem").allTextContents() };
}
