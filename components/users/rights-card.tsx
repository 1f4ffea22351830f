import { ShieldCheck } from "lucide-react";
import type { Person, PowerView } from "#lib/users/person";
import { roleWords } from "../shell/entries";
import { Card, CardHead } from "../ui/card";
import { Sourced } from "../ui/sourced";
import { becauseOf } from "./user-words";

/** What somebody may do, and by what: role, tier with its cause, power over others, power of others. */
export function RightsCard({ person: { user, memberships, tiers, held, over } }: { person: Person }) {
  const [tier, ...below] = tiers;
  const mapped = memberships.filter(({ role }) => role === user.role).map(({ ref }) => ref);
  return (
    <Card aria-labelledby="rights">
      <CardHead id="rights">What they may do</CardHead>
      <div className="px-4 pt-1 pb-4">
        <Sourced icon={ShieldCheck}>
          {user.role === "user" ? (
            "No role in the portal."
          ) : (
            <>
              <b>{roleWords[user.role]}</b>, because of the group {mapped.join(", ")}.
            </>
          )}
        </Sourced>
        <Sourced by="tier">
          {tier === undefined ? (
            <>
              <b>No tier</b> matches: they may have no tokens of their own.
            </>
          ) : (
            <>
              Tier <b>{tier.name}</b>, {becauseOf(tier)}.
              {below.length > 0 && (
                <span className="block text-fg-3">
                  Matches too, but stands below and so decides nothing:{" "}
                  {below.map((each) => `${each.name} (${becauseOf(each)})`).join("; ")}.
                </span>
              )}
            </>
          )}
        </Sourced>
        {held.map((each) => (
          <Sourced key={each.id} by="delegation">
            May <b>{each.powers.join(", ")}</b> tokens of others: delegation {each.name}, because of the group{" "}
            {each.groups.join(", ")}.
          </Sourced>
        ))}
        <Over over={over} />
      </div>
    </Card>
  );
}

function Over({ over }: { over: readonly PowerView[] }) {
  if (over.length === 0) return <p className="mt-3 text-sm text-fg-3">Nobody has power over their tokens.</p>;
  return (
    <>
      <h3 className="mt-4 text-sm font-medium">Power over their tokens</h3>
      <ul className="mt-1 grid gap-1 text-sm text-fg-2">
        {over.map((each) => (
          <li key={each.id}>
            {each.groups.length === 0 ? "Nobody" : each.groups.join(", ")}: {each.powers.join(", ")}{" "}
            <span className="text-fg-3">(delegation {each.name})</span>
          </li>
        ))}
      </ul>
    </>
  );
}
