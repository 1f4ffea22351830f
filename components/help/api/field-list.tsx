import { Said } from "./said";
import type { ApiField } from "./told";

type Props = { fields: readonly ApiField[]; label: string; heading?: "h3" | "h4" };

/** Fields with their kinds, those that must be there marked in words. */
export function FieldList({ fields, label, heading: Heading = "h4" }: Props) {
  if (fields.length === 0) return null;
  return (
    <div className="grid gap-1">
      <Heading className="text-sm font-medium text-fg">{label}</Heading>
      <dl className="divide-y divide-border rounded-lg border border-border bg-surface text-sm leading-5">
        {fields.map(({ name, kind, required, says }) => (
          <div key={name} className="flex flex-wrap gap-x-3 px-3 py-1.5">
            <dt className="mono text-fg [overflow-wrap:anywhere]">
              {name}
              {required && <span className="font-sans text-fg-3"> (needed)</span>}
            </dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">
              <span className="text-fg-2">{kind}</span>
              {says && (
                <span className="block text-fg-3">
                  <Said text={says} />
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
