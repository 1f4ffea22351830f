import type { Lockout } from "#lib/lockout/lockout";

/** Who came in the last thirty days and would be refused, and what no record can tell; null: it could not be looked at. */
export function LockoutWords({ lockout }: { lockout: Lockout | null }) {
  if (lockout === null)
    return (
      <p className="text-pretty text-lg" role="status">
        <b className="font-semibold">Whom this would refuse cannot be foreseen now:</b> what was recorded could not be
        read. Try again later, or save without knowing.
      </p>
    );
  const { losses, unknown } = lockout;
  return (
    <div className="grid gap-3.5">
      <p className="text-pretty text-lg" role="status">
        {losses.length > 0 ? (
          <>
            <b className="font-semibold">This would refuse what passed</b> in the last 30 days.
          </>
        ) : (
          <>
            <b className="font-semibold">Nothing recorded speaks against it,</b> but not all is recorded.
          </>
        )}
      </p>
      {losses.length > 0 && (
        <ul className="rounded-md border border-border">
          {losses.map(({ count, what, examples, more }) => (
            <li key={what} className="flex gap-2.5 border-border border-b px-3 py-2 text-sm last:border-b-0">
              {count !== null && (
                <span className="min-w-8 text-right font-semibold tabular-nums">{count.toLocaleString("en")}</span>
              )}
              <span className="min-w-0 text-fg-2 [overflow-wrap:anywhere]">
                {what} {examples.length > 0 && <span className="text-fg">{namesOf(examples, more)}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {unknown.length > 0 && (
        <div className="text-sm">
          <p className="font-medium">What nobody can know</p>
          <ul className="mt-1 grid list-disc gap-1 pl-5 text-fg-2">
            {unknown.map((each) => (
              <li key={each} className="text-pretty">
                {each}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** *ci of ada, backup of bob …*: the dots where there are more. */
const namesOf = (examples: readonly string[], more: boolean): string => `${examples.join(", ")}${more ? " …" : ""}`;
