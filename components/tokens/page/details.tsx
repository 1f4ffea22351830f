import { Tag } from "lucide-react";
import type { TokenView } from "#lib/tokens/view";
import { Card, CardHead } from "../../ui/card";
import { Fact, Facts, None } from "../../ui/facts";
import { Flag } from "../../ui/flag";
import { TextLink } from "../../ui/text-link";
import { Time } from "../../ui/time";
import { dayAndYearOf, type Reader } from "../../ui/time-words";
import { FurtherLimits } from "../restrictions/further-limits";
import { grantWords } from "./grant-words";

/** Everything else that is stored about it; what is not set says so in words. */
export function TokenDetails({ token, reader }: { token: TokenView; reader: Reader }) {
  return (
    <Card aria-labelledby="details" className="min-w-0">
      <CardHead id="details">Details</CardHead>
      <Facts>
        <Fact name="What it is for">{token.description || <None>Nothing said</None>}</Fact>
        <Fact name="Contact">{token.contact || <None>Nobody named</None>}</Fact>
        <Fact name="Labels">
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
        </Fact>
        <Fact name="Further limits">
          <FurtherLimits token={token} />
        </Fact>
        <Fact name="Made">
          <Time at={token.createdAt} reader={reader}>
            {dayAndYearOf(Date.parse(token.createdAt), reader)}
          </Time>{" "}
          by {token.createdBy}
        </Fact>
        <Fact name="Allowed by">{grantWords(token.grant)}</Fact>
        {token.rotatedFrom && (
          <Fact name="Replaces">
            <TextLink href={`/tokens/${token.rotatedFrom}`}>the token before it</TextLink>
          </Fact>
        )}
        {token.rotatedTo && (
          <Fact name="Replaced by">
            <TextLink href={`/tokens/${token.rotatedTo}`}>its successor</TextLink>
          </Fact>
        )}
      </Facts>
    </Card>
  );
}
