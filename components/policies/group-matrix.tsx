import type { TiersFacts } from "#lib/policies/queries-tiers";
import { Card, CardHead } from "../ui/card";
import { Table, TableFrame, Td, Th, Tr } from "../ui/table";
import { TierNumber } from "./tier-number";

type Tier = TiersFacts["tiers"][number];

const NOTHING = ["No", "Nothing", "None", "Nowhere"] as const;

function cellsOf(tier: Tier | undefined): readonly [string, string, string, string] {
  if (!tier?.use) return NOTHING;
  const { own, create } = tier;
  if (create === "no" || own === null) return ["No", "As given", "As given", "As given"];
  const from = own.ranges.length === 0 ? "Anywhere" : own.ranges.slice(0, 2).join(", ");
  const longest = own.maxLifetimeDays === null ? "Without an end" : `${own.maxLifetimeDays} days`;
  return [
    create === "yes" ? "Yes" : "On request",
    own.access === "write" ? "Read and write" : "Only read",
    longest,
    from,
  ];
}

/** What each group may do, and which tier decides it: of most of its members first. */
export function GroupMatrix({ tiers, groups }: Pick<TiersFacts, "tiers" | "groups">) {
  const placeOf = (id: string | null) => tiers.findIndex((tier) => tier.id === id) + 1;
  return (
    <Card aria-labelledby="matrix">
      <CardHead id="matrix" aside={<span className="text-sm text-fg-3">The number is the tier that decides</span>}>
        What each group may do
      </CardHead>
      <TableFrame label="Groups and the tiers that decide" className="rounded-b-lg border-t-0">
        <Table>
          <thead>
            <tr>
              {["Group", "Make tokens", "May", "Longest", "From where"].map((head) => (
                <Th key={head} className="first:pl-4">
                  {head}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(({ group, deciding: [most, ...others] }) => {
              const tier = tiers.find(({ id }) => id === most?.policyId);
              const place = placeOf(most?.policyId ?? null);
              return (
                <Tr key={group}>
                  <Td className="pl-4 [overflow-wrap:anywhere]">{group}</Td>
                  {most === undefined ? (
                    <Td colSpan={4} className="text-fg-3">
                      Nobody is in it
                    </Td>
                  ) : (
                    cellsOf(tier).map((cell, index) => (
                      <Td key={["make", "may", "longest", "from"][index]} className="whitespace-nowrap">
                        <span className="inline-flex items-center gap-1.5">
                          {cell} <TierNumber place={place} />
                          {index === 0 &&
                            others.slice(0, 2).map(({ policyId, people }) => (
                              <span key={policyId} className="inline-flex items-center gap-1 text-fg-3">
                                {people} otherwise <TierNumber place={placeOf(policyId)} />
                              </span>
                            ))}
                        </span>
                      </Td>
                    ))
                  )}
                </Tr>
              );
            })}
          </tbody>
        </Table>
      </TableFrame>
    </Card>
  );
}
