import { ShieldAlert } from "lucide-react";
import type { TokenView } from "#lib/tokens/view";
import { Note } from "../../ui/note";
import { TextLink } from "../../ui/text-link";
import { ago, type Reader } from "../../ui/time-words";
import { leakedLately } from "./grouping";

/** What ended because somebody had found its secret, for a week: who does not know makes the next one leak, too. */
export function LeakNote({ tokens, reader }: { tokens: readonly TokenView[]; reader: Reader }) {
  const leaked = tokens.filter((token) => leakedLately(token, reader.now));
  const [first, ...more] = leaked;
  if (!first?.leakReportedAt) return null;
  const others = more.length === 0 ? "" : `, and ${more.length === 1 ? "one other" : `${more.length} others`} of yours`;
  return (
    <Note tone="danger" icon={ShieldAlert}>
      Somebody found the secret of <TextLink href={`/tokens/${first.id}`}>{first.name}</TextLink>
      {others} where it does not belong, and reported it {ago(Date.parse(first.leakReportedAt), reader)}. That ended it.
      Find out where it stood, and make a new one. <TextLink href="/help#leaks">What happens then</TextLink>
    </Note>
  );
}
