import { expect } from "vitest";
import { bearer, MYSELF, type Place } from "./place";

const many = (count: number, bytes: number) =>
  Array.from({ length: count }, (_, n) => `X-More-${n}: ${"a".repeat(bytes)}`);

/** Headers beyond what a verifier reads (64 KB, 500 lines), in lines that every program takes one by one. */
const OVERSIZED = [
  ["80 KB", many(11, 7_300)],
  ["600 lines", many(600, 1)],
] as const;

export async function oversized({ gateway, asked, application, tokens: { read } }: Place): Promise<void> {
  for (const ask of asked)
    for (const [what, lines] of OVERSIZED) {
      const { status } = await ask([MYSELF, ...lines, bearer(read)]);
      const arrived = application.take().length;
      // Who tells the verifier of some headers alone can ask about any number.
      const isAsked = gateway.told === null && status === 200;
      expect([what, isAsked || (status >= 400 && status < 500) || status, arrived]).toEqual([
        what,
        true,
        isAsked ? 1 : 0,
      ]);
    }
}
