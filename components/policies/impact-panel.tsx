"use client";
import Link from "next/link";
import type { Impact } from "#lib/impact/impact";
import { ago, type Reader } from "../ui/time-words";
import { impactNumbers, impactSentences, moveWords, reasonWords } from "./impact-words";

const SHOWN = 8;

/** What a change would do, before it is saved: how many tokens of whom, and the first of them. */
export function ImpactPanel({ impact, reader }: { impact: Impact; reader: Reader }) {
  const [whom, what] = impactSentences(impact);
  const numbers = impactNumbers(impact);
  const { first, affected } = impact.tokens;
  return (
    <div className="grid gap-3.5">
      <p className="text-pretty text-lg" role="status">
        <b className="font-semibold">{whom}</b> {what}
      </p>
      {numbers.length > 0 && (
        <ul className="rounded-md border border-border">
          {numbers.map(({ count, words }) => (
            <li key={words} className="flex gap-2.5 border-border border-b px-3 py-2 text-sm last:border-b-0">
              <span className="min-w-8 text-right font-semibold tabular-nums">{count.toLocaleString("en")}</span>
              <span className="text-fg-2">{words}</span>
            </li>
          ))}
        </ul>
      )}
      {impact.people.moves.length > 0 && (
        <ul className="grid gap-1 text-sm text-fg-2">
          {impact.people.moves.slice(0, SHOWN).map((move) => (
            <li key={`${move.from}-${move.to}`}>{moveWords(move)}</li>
          ))}
        </ul>
      )}
      {first.length > 0 && (
        <ul className="text-sm">
          {first.slice(0, SHOWN).map((token) => (
            <li key={token.id} className="flex gap-2 border-border border-t py-1.5 first:border-t-0">
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <Link prefetch={false} href={`/tokens/${token.id}`} className="text-fg">
                  {token.name}
                </Link>{" "}
                <span className="text-fg-3">
                  {token.owner} · {reasonWords(token)}
                </span>
              </span>
              <span className="whitespace-nowrap text-fg-3">
                {token.lastUsedAt === null ? "never used" : ago(Date.parse(token.lastUsedAt), reader)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {affected > SHOWN && (
        <p className="text-sm text-fg-3">
          The last used of them come first; {affected - SHOWN} more are not listed here.
        </p>
      )}
    </div>
  );
}
