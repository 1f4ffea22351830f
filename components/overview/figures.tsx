import { Card } from "../ui/card";
import { grouped } from "../ui/days";

type Figure = { readonly name: string; readonly value: string; readonly beside: string };

/** A few numbers beside each other. */
export function FigureRow({ figures }: { figures: readonly Figure[] }) {
  return (
    <Card aria-label="In numbers" className="min-w-0">
      <dl className="grid divide-border desk:grid-cols-3 desk:divide-x max-desk:divide-y">
        {figures.map(({ name, value, beside }) => (
          <div key={name} className="px-[18px] py-3">
            <dt className="text-sm text-fg-2">{name}</dt>
            <dd className="text-xl font-semibold tabular-nums">
              {value} <span className="text-sm font-normal text-fg-3">{beside}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** What share of calls passed: *94.9% allowed*. */
export const shareAllowed = ({ allowed, all }: { allowed: number; all: number }): string =>
  all === 0 ? "none yet" : `${((100 * allowed) / all).toFixed(1)}% allowed`;

/** A few numbers that say how the installation does. */
export function Figures({
  tokens,
  today,
  passwords,
}: {
  tokens: number;
  passwords: number;
  today: { allowed: number; all: number };
}) {
  const figures: readonly Figure[] = [
    { name: "Tokens not ended", value: grouped(tokens), beside: "" },
    { name: "Verifications today", value: grouped(today.all), beside: shareAllowed(today) },
    {
      name: "Still using a password",
      value: grouped(passwords),
      beside: passwords === 1 ? "person in 30 days" : "people in 30 days",
    },
  ];
  return <FigureRow figures={figures} />;
}
