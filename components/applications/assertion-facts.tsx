import type { Connection } from "#lib/gateways/queries-connection";
import { Card, CardHead } from "../ui/card";
import { Fact, Facts } from "../ui/facts";
import { TextLink } from "../ui/text-link";

/** What an application with identity jwt is told, so that it can verify whose token it is. */
export function AssertionFacts({ keys, issuer, audience }: NonNullable<Connection["assertion"]>) {
  const said = (text: string) => <span className="mono text-xs [overflow-wrap:anywhere]">{text}</span>;
  return (
    <Card aria-labelledby="assertion">
      <CardHead id="assertion">What it verifies the assertion by</CardHead>
      <Facts>
        <Fact name="Public keys (JWKS)">{said(keys)}</Fact>
        <Fact name="Issuer (iss)">{said(issuer)}</Fact>
        <Fact name="Audience (aud)">{said(audience)}</Fact>
        <Fact name="Algorithm">{said("ES256")}</Fact>
      </Facts>
      <p className="px-4 pb-3 text-sm text-fg-2">
        From another machine, by the verifier’s address there.{" "}
        <TextLink href="/help#assertion">What an assertion says</TextLink>
      </p>
    </Card>
  );
}
