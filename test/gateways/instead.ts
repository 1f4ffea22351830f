import { expect } from "vitest";
import { rawRequest } from "../upstreams/raw-request";
import { wholeText } from "../upstreams/recorder";
import { otherCase } from "./keeps-elsewhere";
import { passesOthers, withoutVerifier } from "./keeps-others";
import { namedHeaders, noWebSocket, withoutCookie } from "./keeps-special";
import { refusesTwo } from "./keeps-two";
import { basic, bearer, CREATE, MYSELF, only, type Place } from "./place";
import type { InsteadId } from "./table";

/** What a gateway does where it cannot keep a promise, each proven like a promise. */
export const INSTEADS: Record<InsteadId, (place: Place) => Promise<void>> = {
  absentAs500: (place) => withoutVerifier(place, 500, ""),
  absentWordless: (place) => withoutVerifier(place, 503, ""),
  async undecidedWordless({ port, quarantined, application, tokens: { read } }) {
    await quarantined(async () => {
      const answer = await rawRequest({ address: "127.0.0.1", port }, [MYSELF, bearer(read)]);
      expect([answer.status, answer.headers["retry-after"], answer.body]).toEqual([503, undefined, ""]);
    });
    expect(application.take()).toEqual([]);
  },
  twoLines: (place) => refusesTwo(place, false),
  async firstOfTwo({ api, application, tokens: { read, write } }) {
    const ours = `X-Api-Token: ${read.secret}`;
    for (const pair of [
      [bearer(read), bearer(write)],
      [bearer(read), basic("maria", read.secret)],
      [bearer(read), ours],
    ])
      expect((await api([MYSELF, ...pair])).status).toBe(400);
    expect(application.take()).toEqual([]);
    expect((await api([MYSELF, ours, `X-Api-Token: ${write.secret}`])).status).toBe(200);
    const arrival = only(application);
    expect(arrival.headers).toMatchObject({ "x-latchkey-access": ["read"] });
    for (const { secret } of [read, write]) expect(wholeText(arrival)).not.toContain(secret);
    expect((await api([CREATE, ours, `X-Api-Token: ${write.secret}`], "{}")).status).toBe(403);
  },
  async unknownHost({ main, application, tokens: { read } }) {
    expect((await main([MYSELF, bearer(read)])).status).toBe(404);
    expect(application.take()).toEqual([]);
  },
  otherCase,
  ...{ withoutCookie, namedHeaders, noWebSocket },
  bare: (place) => passesOthers(place, false),
};
