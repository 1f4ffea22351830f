import { API_HOST } from "#test/upstreams/nginx-site";

/** Asks one verifier as nginx asks it, without nginx between. @returns its answer to nginx */
export async function askVerifier(
  port: number,
  gatewaySecret: string,
  credential: Readonly<Record<string, string>>,
  request: { method?: string; uri?: string; host?: string } = {},
): Promise<{ status: number; reason: string | null; auth: string | null }> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/authz/nginx/gw1`, {
    headers: {
      "X-Latchkey-Gateway-Key": gatewaySecret,
      "X-Original-Method": request.method ?? "GET",
      "X-Original-URI": request.uri ?? "/rest/api/2/myself",
      "X-Original-Host": request.host ?? API_HOST,
      "X-Original-Proto": "http",
      "X-Real-IP": "127.0.0.1",
      ...credential,
    },
  });
  return {
    status: answer.status,
    reason: answer.headers.get("x-latchkey-reason"),
    auth: answer.headers.get("x-latchkey-auth"),
  };
}

export const basic = (username: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
});
export const bearer = (secret: string) => ({ Authorization: `Bearer ${secret}` });
