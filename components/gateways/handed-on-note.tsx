import type { HandedOn } from "#lib/gateways/queries-handed-on";
import { Note } from "../ui/note";
import { TextLink } from "../ui/text-link";
import { exactly, type Reader } from "../ui/time-words";

type Props = { handedOn: HandedOn | null; reader: Reader };

const keys = (all: readonly string[]) => <span className="mono">{all.join(", ")}</span>;

/** On a gateway's page: tokens were refused because what is in place there is older than what stands below. */
export function OldConfiguration({ handedOn, reader }: Props) {
  if (handedOn === null) return null;
  return (
    <div className="mb-4">
      <Note tone="warning">
        The configuration in place is an old one: it does not take away the header in which{" "}
        {keys(handedOn.applications)} takes tokens, so tokens in that header are refused, last{" "}
        {exactly(Date.parse(handedOn.lastAt), reader)}.{" "}
        <TextLink href="#configuration">Put the one below in place anew</TextLink>; this note goes a day after the last
        refusal.
      </Note>
    </div>
  );
}

/** On an application's page. `connect`: where its gateway's configuration stands. */
export function OldGateways({ handedOn, reader, connect }: Props & { connect: string }) {
  if (handedOn === null) return null;
  return (
    <div className="mb-4">
      <Note tone="warning">
        The configuration in place at {keys(handedOn.gateways)} is an old one: it does not take away the header in which
        this application takes tokens, so tokens in that header are refused, last{" "}
        {exactly(Date.parse(handedOn.lastAt), reader)}.{" "}
        <TextLink href={connect}>Put its configuration in place anew</TextLink>; this note goes a day after the last
        refusal.
      </Note>
    </div>
  );
}
