import { expect } from "vitest";
import { API_HOST, MAIN_HOST } from "../upstreams/nginx-site";
import { bearer, MYSELF, only, type Place, patiently } from "./place";

/** Where clients come from here, and where only those do who say so to `connect`. */
export const [NEAR, FAR] = ["127.0.0.1", "127.0.0.7"] as const;

/** What a client might say to come from another address, also where that takes away what the gateway says of it. */
const claiming = (other: string): readonly (readonly string[])[] => [
  [],
  [`X-Forwarded-For: ${other}`],
  [`X-Forwarded-For: ${other}`, `x-forwarded-for: ${other}, ${other}`],
  [`X-Real-IP: ${other}`, `x-real-ip: ${other}`],
  [`Forwarded: for=${other};proto=https`, `X-Client-IP: ${other}`, `True-Client-IP: ${other}`],
  [`X_Forwarded_For: ${other}`, `X_Real_IP: ${other}`, `X-Forwarded_For: ${other}`, `X-Real_IP: ${other}`],
  [`X-Forwarded-For: ${other}`, `X-Real-IP: ${other}`, "Connection: close, X-Forwarded-For, X-Real-IP, Forwarded"],
];

export async function address({ gateway, port, application, tokens: { near, far } }: Place): Promise<void> {
  const hosts = gateway.apiHostOnly ? [API_HOST] : [API_HOST, MAIN_HOST];
  const clients = [
    { from: NEAR, other: FAR, own: near, strange: far },
    { from: FAR, other: NEAR, own: far, strange: near },
  ];
  for (const host of hosts)
    for (const { from, other, own, strange } of clients) {
      const ask = patiently(host, port, from);
      for (const claims of claiming(other)) {
        const allowed = await ask([MYSELF, bearer(own), ...claims]);
        expect([host, from, claims, allowed.status]).toEqual([host, from, claims, 200]);
        expect(only(application).headers).toMatchObject({ "x-latchkey-token-id": [own.id] });
        const refused = await ask([MYSELF, bearer(strange), ...claims]);
        expect([host, from, claims, refused.status]).toEqual([host, from, claims, 403]);
        expect(JSON.parse(refused.body)).toMatchObject({ status: 403, code: "token_address_refused" });
        expect(application.take()).toEqual([]);
      }
    }
}
