import { expect } from "vitest";
import { assertedFor, pathBinding } from "../assertions";
import { wholeText } from "../upstreams/recorder";
import { basic, bearer, CREATE, MYSELF, only, type Place } from "./place";

const FORGED = ["X-Latchkey-Assertion: root", "X-Latchkey-User: root", "X-Latchkey-Groups: root"];
const [SIGNED, PATH] = ["GET /signed/rest/api/2/myself?expand=groups HTTP/1.1", "/signed/rest/api/2/myself"];

/** What reached an application with identity jwt, verified by the keys that the verifier shows to everybody. */
async function assertedTo({ application, keySet }: Place) {
  const arrival = only(application);
  const [assertion = "", ...others] = arrival.headers["x-latchkey-assertion"] ?? [];
  expect([arrival.headers.authorization, others]).toEqual([[`Bearer ${assertion}`], []]);
  expect(arrival.headers["x-latchkey-user"]?.join("") ?? "").toBe("");
  return { payload: await assertedFor("signed", assertion, keySet), arrival };
}

export async function assertion(place: Place): Promise<void> {
  const { asked, ownerId, tokens } = place;
  const { read } = tokens;
  for (const [at, ask] of asked.entries())
    for (const credential of [bearer(read), basic("maria", read.secret), `X-Api-Token: ${read.secret}`]) {
      expect((await ask([SIGNED, credential, ...FORGED])).status).toBe(200);
      const { payload, arrival } = await assertedTo(place);
      const pth = pathBinding(PATH);
      expect(payload).toMatchObject({ sub: ownerId, username: "maria", scope: "read", client_id: read.id });
      expect(payload).toMatchObject({ htm: "GET", hst: `127.0.0.${at + 1}`, pth, groups: ["api-users"] });
      expect(wholeText(arrival)).not.toContain(read.secret);
      expect(wholeText(arrival)).not.toContain("root");
    }
}

export async function largest(place: Place): Promise<void> {
  const { api, application, tokens } = place;
  expect((await api([MYSELF, bearer(tokens.crowded)])).status).toBe(200);
  const { headers } = only(application);
  expect(headers["x-latchkey-user"]).toEqual([LONGEST]);
  expect(headers["x-latchkey-groups"]?.[0]?.length).toBeGreaterThan(3_900);
  expect((await api([SIGNED, bearer(tokens.crowded)])).status).toBe(200);
  const { payload, arrival } = await assertedTo(place);
  expect([payload.username, payload.sub]).toEqual([LONGEST, expect.stringMatching(/./)]);
  expect(arrival.headers["x-latchkey-assertion"]?.[0]?.length).toBeGreaterThan(3_000);
  const ticket = `Negotiate ${"A".repeat(8_000)}`;
  expect((await api([CREATE, `Authorization: ${ticket}`], "{}")).status).toBe(201);
  expect(only(application).headers.authorization).toEqual([ticket]);
}

export const LONGEST = "x".repeat(255);
