import { Section } from "./section";

/** Tokens that somebody makes for somebody else. */
export function ClaimLinks() {
  return (
    <Section id="claim-links" title="A token that somebody made for you, or that you make for somebody">
      <p>
        <b>You were sent a link.</b> Somebody made a token for you and does not know its secret: there is none yet. Open
        the link, sign in, press the button: the secret is made then, and shown once, to you alone. In <i>My tokens</i>{" "}
        such a token is <i>pending</i> until then. A link works once and for seven days; when it says that it was opened
        already and that was not you, revoke the token. Of a service account, anybody who maintains it opens the link.
      </p>
      <p>
        <b>You make a token for somebody</b> (<i>Token manager</i>, <i>Token for somebody</i>; who has a delegation with
        the power to issue). The delegation says for whom, how far and how long; each limit on the form names its
        source. You get the link once and send it yourself. Lost, expired or sent to the wrong place: make a{" "}
        <i>new link</i> on the token’s page, and the one before works no more. A link is void too when the token is
        revoked, its owner deactivated, or their password set anew by the operator.
      </p>
      <p>
        The <b>end</b> that was chosen is a date and stays, whenever the link is opened; it comes nearer only where the
        delegation allows a shorter life by then. A pending token counts as one of those that its owner may have. For
        service accounts a delegation can show the secret to whoever issues, once, instead of a link. Nobody makes a
        token for somebody with a role above their own, and a token for the portal itself is only ever made by its
        owner.
      </p>
    </Section>
  );
}
