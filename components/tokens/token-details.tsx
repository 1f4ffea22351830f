import { Tag } from "lucide-react";
import type { ReactNode } from "react";
import type { TokenView } from "#lib/tokens/view";
import { Card, CardHead } from "../ui/card";
import { Flag } from "../ui/flag";
import { TextLink } from "../ui/text-link";
import { Time } from "../ui/time";
import { dayAndYearOf, type Reader } from "../ui/time-words";
import { grantWords } from "./grant-words";

/** Everything else that is stored about it; what is not set says so in words. */
export function TokenDetails({ token, reader }: { token: TokenView; reader: Reader }) {
  return (
    <Card aria-labelledby="details" className="min-w-0">
      <CardHead id="details">Details</CardHead>
      <dl className="divide-y divide-border">
        <Row name="What it is for">{token.description || <None>Nothing said</None>}</Row>
        <Row name="Contact">{token.contact || <None>Nobody named</None>}</Row>
        <Row name="Labels">
          {token.labels.length > 0 ? (
            <span className="flex flex-wrap gap-1.5">
              {token.labels.map((label) => (
                <Flag key={label} icon={Tag}>
                  {label}
                </Flag>
              ))}
            </span>
          ) : (
            <None>None</None>
          )}
        </Row>
        <Row name="Made">
          <Time at={token.createdAt} reader={reader}>
            {dayAndYearOf(Date.parse(token.createdAt), reader)}
          </Time>{" "}
          by {token.createdBy}
        </Row>
        <Row name="Allowed by">{grantWords(token.grant)}</Row>
        {token.rotatedFrom && (
          <Row name="Replaces">
            <TextLink href={`/tokens/${token.rotatedFrom}`}>the token before it</TextLink>
          </Row>
        )}
        {token.rotatedTo && (
          <Row name="Replaced by">
            <TextLink href={`/tokens/${token.rotatedTo}`}>its successor</TextLink>
          </Row>
        )}
      </dl>
    </Card>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 px-4 py-2.5 max-desk:flex-col max-desk:gap-0.5">
      <dt className="w-32 flex-none text-sm leading-5 text-fg-3">{name}</dt>
      <dd className="min-w-0 text-sm leading-5 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

const None = ({ children }: { children: string }) => <span className="text-fg-3">{children}</span>;
