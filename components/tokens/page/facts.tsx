import type { ReactNode } from "react";
import type { TokenView } from "#lib/tokens/view";
import { Time } from "../../ui/time";
import { ago, dayAndYearOf, type Reader } from "../../ui/time-words";
import { lifeOf } from "../life";
import type { ApplicationName } from "../token-words";
import { accessWords, applicationWords, listWords } from "../token-words";

type Props = { token: TokenView; applications: readonly ApplicationName[]; reader: Reader };

/** The four things people ask first. */
export function TokenFacts({ token, applications, reader }: Props) {
  const life = lifeOf(token, reader);
  return (
    <dl className="my-4 grid grid-cols-2 rounded-lg border border-border bg-surface desk:grid-cols-4">
      <Fact name="May">
        {accessWords(token.access)} in {applicationWords(token.applications, applications)}
      </Fact>
      <Fact name="From">{token.ipRanges.length === 0 ? "Anywhere" : listWords(token.ipRanges, "or")}</Fact>
      <Fact name={life.tone === "over" ? "Ended" : "Ends"}>
        {life.at ? (
          <Time at={life.at} reader={reader}>
            {dayAndYearOf(Date.parse(life.at), reader)}
            {life.tone !== "over" && `, ${life.left}`}
          </Time>
        ) : (
          "Never"
        )}
      </Fact>
      <Fact name="Last used">
        {token.lastUsedAt ? (
          <>
            <Time at={token.lastUsedAt} reader={reader}>
              {ago(Date.parse(token.lastUsedAt), reader)}
            </Time>
            {token.lastUsedIp && <span className="mono block font-normal text-fg-3">{token.lastUsedIp}</span>}
          </>
        ) : (
          "Not yet"
        )}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="border-border px-4 py-3 max-desk:odd:border-r max-desk:[&:nth-child(-n+2)]:border-b desk:[&+&]:border-l">
      <dt className="text-sm text-fg-3">{name}</dt>
      <dd className="font-medium [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
