import { Section } from "./section";

/** What scripts ask and do with the token that they hold, about itself. */
export function OwnBehalf() {
  return (
    <Section id="own-behalf" title="What a token does by itself">
      <p>
        A script may ask about the token that it holds, whatever the token is for: <code>GET /api/v1/tokens/self</code>{" "}
        of this portal, sent with the token in <code>Authorization</code>, says its name, owner, applications, access
        and end. <code>DELETE /api/v1/tokens/self</code> ends it, from anywhere: end your tokens so when a script is
        done with them for good.
      </p>
      <p>
        <code>POST /api/v1/tokens/self/rotate</code> gives it a new secret, if the tier lets tokens rotate themselves.
        The new one ends when the old one would have. <b>Overview</b> tells you for a week that it happened: if it was
        not your script, revoke both.
      </p>
    </Section>
  );
}
