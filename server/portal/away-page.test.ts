import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import { waitUntil } from "#test/upstreams/wait-until";
import { awayPage } from "./away-page";

/** A browser with this page before it; the clock stands, and each pause is over when the test says so. */
function browser(kept = new Map<string, string>()) {
  const [pauses, asked, waking]: [number[], string[], (() => void)[]] = [[], [], []];
  const state = { status: 503, reloads: 0, ring: () => {} };
  const reload = () => {
    state.reloads += 1;
  };
  const document = {
    visibilityState: "visible",
    addEventListener: (_name: string, listener: () => void) => void waking.push(listener),
  };
  const window = {
    ...{ document, Date: { now: () => 1_000_000 }, Math: { min: Math.min, random: () => 1 } },
    location: { pathname: "/tokens", search: "?q=a", reload },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
    setTimeout: (ring: () => void, ms: number) => {
      pauses.push(ms);
      state.ring = ring;
    },
    fetch: async (path: string) => {
      asked.push(path);
      return { status: state.status };
    },
  };
  runInContext(/<script nonce="n">(.*)<\/script>/s.exec(awayPage("n"))?.[1] ?? "throw 0", createContext(window));
  /** The pause is over; waits for the next, or for the page to be loaded. */
  const next = async () => {
    const [before, reloads] = [pauses.length, state.reloads];
    state.ring();
    await waitUntil("it goes on", async () => pauses.length > before || state.reloads > reloads || undefined);
  };
  return { state, document, pauses, asked, waking, kept, next };
}

test("it asks ever less often, a minute apart at most, and never for what was to be shown", async () => {
  const { pauses, asked, next, state } = browser();
  for (let i = 0; i < 6; i += 1) await next();
  expect(pauses).toEqual([3_000, 6_000, 12_000, 24_000, 48_000, 60_000, 60_000]);
  expect([new Set(asked), state.reloads]).toEqual([new Set(["/readyz"]), 0]);
});

test("it is loaded again as soon as the database answers, and by nothing else than that", async () => {
  const { next, state, pauses } = browser();
  for (state.status of [200, 307, 404, 500]) await next();
  expect([state.reloads, pauses.length]).toEqual([0, 5]);
  state.status = 204;
  await next();
  expect([state.reloads, pauses.length]).toEqual([1, 5]);
});

test("what fails again though the database answers is not loaded every three seconds", async () => {
  const first = browser();
  await first.next();
  first.state.status = 204;
  await first.next();
  const second = browser(first.kept);
  second.state.status = 204;
  await second.next();
  expect([first.pauses, second.pauses]).toEqual([[3_000, 6_000], [12_000]]);
});

test("nobody is asked while nobody looks at it", async () => {
  const { document, state, waking, asked, next, pauses } = browser();
  document.visibilityState = "hidden";
  state.ring();
  expect([asked, waking.length, pauses.length]).toEqual([[], 1, 1]);
  document.visibilityState = "visible";
  state.ring = () => waking.at(-1)?.();
  await next();
  expect([asked, pauses.length]).toEqual([["/readyz"], 2]);
});
