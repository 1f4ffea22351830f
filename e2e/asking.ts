import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text as wholeOf } from "node:stream/consumers";
import type { Locator, Page } from "@playwright/test";
import { API_HOST } from "#test/upstreams/nginx-site";
import { waitUntil } from "#test/upstreams/wait-until";
import { expect } from "./fixtures";
import type { House } from "./house";
import { bearer } from "./question";

export type Asked = {
  /** As it is called. */
  readonly path: string;
  readonly method?: string;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The loopback address that it comes from. */
  readonly from?: string;
};
export type Answered = {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: number;
  readonly requestId: string;
};

/** Asks Jira for something through the house's gateway. */
export async function ask({ nginx }: House, { path, method = "GET", secret, headers, from }: Asked): Promise<Answered> {
  const to = { host: API_HOST, port: nginx.port, path, method, localAddress: from, timeout: 30_000 };
  const asking = request({ ...to, headers: { ...(secret === undefined ? {} : bearer(secret)), ...headers } });
  asking.on("timeout", () => asking.destroy(new Error(`${path} was not answered`)));
  asking.end();
  const [answer]: IncomingMessage[] = await once(asking, "response");
  if (answer === undefined) throw new Error(`${path} was not answered`);
  return {
    status: answer.statusCode ?? 0,
    text: await wholeOf(answer),
    retryAfter: Number(answer.headers["retry-after"]),
    requestId: String(answer.headers["x-latchkey-request-id"]),
  };
}

/** Asks until it is answered so: what was saved reaches both verifiers within moments. */
export const askUntil = (house: House, asked: Asked, status: number): Promise<Answered> =>
  waitUntil(`${asked.method ?? "GET"} ${asked.path} is answered with ${status}`, async () => {
    const answers = [await ask(house, asked), await ask(house, asked)]; // one of each verifier
    return answers.every((each) => each.status === status) ? answers[0] : undefined;
  });

/**
 * Asks Jira for a WebSocket through the house's gateway, and says something in it.
 * @returns the answer, with what came back through the socket where one was opened
 */
export async function askForSocket({ nginx }: House, secret: string): Promise<Pick<Answered, "status" | "text">> {
  const handshake = { "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==" };
  const headers = { Connection: "Upgrade", Upgrade: "websocket", ...handshake, ...bearer(secret) };
  const asking = request({ host: API_HOST, port: nginx.port, path: "/rest/api/2/myself", headers, timeout: 30_000 });
  asking.on("timeout", () => asking.destroy(new Error("The WebSocket was not answered")));
  asking.end();
  const [answer, socket] = await Promise.race([once(asking, "upgrade"), once(asking, "response")]);
  const back = socket ?? answer;
  let text = "";
  if (socket) socket.write("is anybody there?");
  for await (const chunk of back) {
    text += chunk;
    if (socket && text.endsWith("?")) break;
  }
  return { status: answer.statusCode, text };
}

/** Has the same request explained in the portal. @returns the verdict */
export async function explained(page: Page, { path, method = "GET", secret, headers = {} }: Asked): Promise<Locator> {
  await page.goto("/admin/explain");
  await page.getByLabel("Token", { exact: true }).selectOption(secret === undefined ? "" : "paste");
  if (secret !== undefined) await page.getByLabel("Secret", { exact: true }).fill(secret);
  await page.getByLabel("Method", { exact: true }).fill(method);
  await page.getByLabel("Address called").fill(`http://${API_HOST}${path}`);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  await page.getByLabel(/^Other headers/).fill(lines.join("\n"));
  await page.getByRole("button", { name: "Explain" }).click();
  const verdict = page.getByRole("region", { name: "Verdict" });
  await expect(verdict.getByRole("heading")).toBeVisible();
  return verdict;
}

/** The page of a refused request, by the id that its answer carried: it comes there within seconds. */
export async function refusedRequest(page: Page, requestId: string): Promise<Locator> {
  const found = page.getByRole("region", { name: "The refused request" });
  await expect(async () => {
    await page.goto(`/admin/explain?request=${requestId}`);
    await expect(found).toBeVisible({ timeout: 1_000 });
  }).toPass();
  return found;
}
