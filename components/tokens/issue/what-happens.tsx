import { Link2 } from "lucide-react";
import type { Recipient } from "#lib/tokens/queries-issue";
import { Note } from "../../ui/note";
import { TextLink } from "../../ui/text-link";
import { openerWords } from "../claim/opener";

type Props = { recipient: Recipient; shown: boolean; delegation: string; unmaintained: boolean };

/** What becomes of the secret, and of the time until somebody has it: said before, because afterwards it is too late. */
export function WhatHappens({ recipient: { username, kind }, shown, delegation, unmaintained }: Props) {
  if (shown) {
    return (
      <Note>
        Delegation {delegation} shows you the secret, once, next. Hand it to whoever runs {username}; nobody can show it
        again.
      </Note>
    );
  }
  const opener = openerWords({ username, kind });
  return (
    <>
      <Note icon={Link2}>
        <b>You never see the secret.</b> Next you get a link, and send it to {opener}. It works once, for seven days.
        They open it signed in here, and the secret is made then and shown to them alone. Until then the token is{" "}
        <i>pending</i> and counts as one of theirs. The end you choose is a date and stays, whenever the link is opened;
        only a shorter limit of the delegation would bring it nearer. A new link, revoking the token, deactivating{" "}
        {username} or a password that the operator sets make the link void.{" "}
        <TextLink href="/help#claim-links" target="_blank">
          More about links
        </TextLink>
      </Note>
      {unmaintained && (
        <Note tone="warning">
          Nobody active maintains {username}: nobody could open the link. Name a maintainer first.
        </Note>
      )}
    </>
  );
}
