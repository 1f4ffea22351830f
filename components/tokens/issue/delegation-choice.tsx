import type { IssueWay } from "#lib/tokens/making/issue-ways";
import { ChoiceCard } from "../../ui/choice-card";
import { daysWords } from "../new/expiry";

type Props = { ways: readonly IssueWay[]; chosen: string; onChoose: (delegation: string) => void };

/** How far a delegation goes, in a line. */
export function wayWords({ shown, facts: { limits } }: IssueWay): string {
  if (limits === null) return "";
  const life = limits.maxLifetimeDays === null ? "without an end" : `at most ${daysWords(limits.maxLifetimeDays)}`;
  const access = limits.access === "write" ? "read or write" : "only read";
  return `${access}, ${life}; ${shown ? "you see the secret once" : "by claim link"}`;
}

/** Under which delegation: each by itself, never two together. */
export function DelegationChoice({ ways, chosen, onChoose }: Props) {
  return (
    <fieldset className="grid gap-2 desk:grid-cols-2">
      <legend className="mb-[9px] font-semibold">Under which delegation?</legend>
      {ways.map((way) => (
        <ChoiceCard
          key={way.delegation}
          name="delegation"
          value={way.delegation}
          checked={way.delegation === chosen}
          onChange={() => onChoose(way.delegation)}
          title={way.delegation}
        >
          {wayWords(way)}
        </ChoiceCard>
      ))}
    </fieldset>
  );
}
