import { API_HOST } from "#test/upstreams/nginx-site";
import { waitUntil } from "#test/upstreams/wait-until";
import type { House } from "./house";

/** Asks one verifier as nginx asks it, without nginx between. @returns its answer to nginx */
export async function askVerifier(
  port: number,
  gatewaySecret: string,
  credential: Readonly<Record<string, string>>,
  request: { method?: string; uri?: string; host?: string; from?: string } = {},
): Promise<{ status: number; reason: string | null; auth: string | null }> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/authz/nginx/gw1`, {
    headers: {
      "X-Latchkey-Gateway-Key": gatewaySecret,
      "X-Original-Method": request.method ?? "GET",
      "X-Original-URI": request.uri ?? "/rest/api/2/myself",
      "X-Original-Host": request.host ?? API_HOST,
      "X-Original-Proto": "http",
      "X-Real-IP": request.from ?? "127.0.0.1",
      ...credential,
    },
  });
  return {
    status: answer.status,
    reason: answer.headers.get("x-latchkey-reason"),
    auth: answer.headers.get("x-latchkey-auth"),
  };
}

export const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });

/**
 * Waits until both verifiers have these tokens in memory: on a machine with too much to do a first look-up may miss the
 * deadline of 150 ms, and is then 503, as it should be.
 */
export async function settled({ latchkey, second, gatewaySecret }: House, ...secrets: string[]): Promise<void> {
  for (const secret of secrets) {
    for (const port of [latchkey.verifierPort, second.port]) {
      await waitUntil("the verifier knows the token", async () =>
        (await askVerifier(port, gatewaySecret, bearer(secret))).status === 200 ? true : undefined,
      );
    }
  }
}
