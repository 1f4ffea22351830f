import type { SettingsFacts as Found } from "#lib/settings/queries";
import { Card, CardHead } from "../ui/card";
import { Fact, Facts, None } from "../ui/facts";
import { RetiredPrefixes } from "./retired-prefixes";
import { ceilingInWords, rateInWords } from "./settings-words";

/** The settings for who may look at them only. */
export function SettingsFacts({ found: { settings, retired } }: { found: Found }) {
  const { ceiling, tokenPrefix, ranges, ownerRate, failureRate } = settings;
  const said = (lines: readonly string[]) =>
    lines.length === 0 ? <None>Not limited</None> : lines.map((line) => <div key={line}>{line}</div>);
  return (
    <Card aria-labelledby="settings">
      <CardHead id="settings">Above all tiers and delegations</CardHead>
      <Facts>
        <Fact name="Every person">{said(ceilingInWords(ceiling.persons))}</Fact>
        <Fact name="Every service account">{said(ceilingInWords(ceiling.serviceAccounts))}</Fact>
        <Fact name="Requests pass only from">{ranges.join(", ") || <None>Anywhere</None>}</Fact>
        <Fact name="All tokens of one owner">{rateInWords(ownerRate) ?? <None>Not limited</None>}</Fact>
        <Fact name="Failures of one address">{rateInWords(failureRate) ?? <None>Not counted</None>}</Fact>
        <Fact name="Secrets begin with">
          <span className="mono">{tokenPrefix}_</span>
        </Fact>
      </Facts>
      {retired.length > 0 && (
        <div className="border-border border-t p-4">
          <RetiredPrefixes retired={retired} busy={false} />
        </div>
      )}
    </Card>
  );
}
