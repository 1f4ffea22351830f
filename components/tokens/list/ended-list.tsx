import Link from "next/link";
import type { TokenView } from "#lib/tokens/view";
import { Disclosure } from "../../ui/disclosure";
import { Status } from "../../ui/status";
import { Time } from "../../ui/time";
import { ago, dayOf, type Reader } from "../../ui/time-words";
import { endOf, endSentence } from "../end-sentence";
import { refusedLately } from "./grouping";

/** *Ended (12)*, folded: they stay visible, and count against nothing. */
export function EndedList({ tokens, reader }: { tokens: readonly TokenView[]; reader: Reader }) {
  if (tokens.length === 0) return null;
  const last = tokens[0];
  const lastEnd = last ? endOf(last) : null;
  const knocking = knockingWords(tokens, reader);
  return (
    <div className="mt-4">
      <Disclosure
        title={
          <>
            Ended <span className="tabular-nums text-fg-3">({tokens.length})</span>
          </>
        }
        aside={knocking ?? (last && lastEnd ? `“${last.name}” ended ${ago(Date.parse(lastEnd), reader)}` : undefined)}
      >
        <ul className="border-border border-t">
          {tokens.map((token) => (
            <li
              key={token.id}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 border-border border-b px-[18px] py-2.5 last:border-b-0 max-desk:px-4"
            >
              <span className="min-w-0 flex-1">
                <Link prefetch={false} href={`/tokens/${token.id}`} className="block truncate font-medium text-fg">
                  {token.name}
                </Link>
                <span className="block truncate text-sm text-fg-3">{endSentence(token)}</span>
              </span>
              <span className="text-sm tabular-nums text-fg-2">{whenEnded(token, reader)}</span>
              <span className="w-24">
                <Status status={token.status} />
              </span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}

/** *One is still knocking: “Old backup script”, refused 5 h ago*; what still tries a secret that ended will fail for ever. */
function knockingWords(tokens: readonly TokenView[], reader: Reader): string | null {
  const [first, ...more] = tokens.filter((token) => refusedLately(token, reader.now));
  if (!first?.lastRefusal) return null;
  const when = ago(Date.parse(first.lastRefusal.at), reader);
  const count = more.length === 0 ? "One is" : `${more.length + 1} are`;
  return `${count} still knocking: “${first.name}”, refused ${when}`;
}

function whenEnded(token: TokenView, reader: Reader) {
  const at = endOf(token);
  return at ? (
    <Time at={at} reader={reader}>
      {dayOf(Date.parse(at), reader)}
    </Time>
  ) : null;
}
