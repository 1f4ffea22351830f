import { expect } from "vitest";
import { rawRequest } from "../upstreams/raw-request";
import { passesOthers, withoutVerifier } from "./keeps-others";
import { bearer, MYSELF, only, type Place } from "./place";
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
  async otherHost({ main, tap, application, tokens: { read } }) {
    tap.take();
    for (const lines of [["Cookie: JSESSIONID=1"], [bearer(read)]]) {
      expect((await main([MYSELF, ...lines, "X-Latchkey-User: root"])).status).toBeLessThan(500);
      const names = Object.keys(only(application).headers).filter((name) => name.startsWith("x-latchkey"));
      expect([names, tap.take()]).toEqual([[], []]);
    }
  },
  bare: (place) => passesOthers(place, false),
};
