import { Card, CardHead } from "../ui/card";

/** What names a group, and so what its members have from it. */
export function UsesCard({ uses }: { uses: readonly string[] }) {
  return (
    <Card aria-labelledby="uses">
      <CardHead id="uses">What it gives</CardHead>
      <div className="p-4 text-sm">
        {uses.length === 0 ? (
          <p className="text-fg-3">Nothing: no tier, delegation, role or service account names it.</p>
        ) : (
          <>
            <ul className="grid gap-1">
              {uses.map((use) => (
                <li key={use}>{use.charAt(0).toUpperCase() + use.slice(1)}</li>
              ))}
            </ul>
            <p className="mt-3 text-fg-3">While any of these names it, it cannot be deleted.</p>
          </>
        )}
      </div>
    </Card>
  );
}
