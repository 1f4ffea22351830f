import { type ApplicationUses, usesInWords } from "#lib/applications/uses";
import { Card, CardHead } from "../ui/card";

/** What names an application. */
export function UsesList({ uses }: { uses: ApplicationUses }) {
  const words = usesInWords(uses);
  return (
    <Card aria-labelledby="uses">
      <CardHead id="uses">What uses it</CardHead>
      <div className="p-4 text-sm">
        {words.length === 0 ? (
          <p className="text-fg-3">Nothing names it yet.</p>
        ) : (
          <ul className="grid gap-1">
            {words.map((use) => (
              <li key={use}>{use.charAt(0).toUpperCase() + use.slice(1)}</li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
