import Link from "next/link";
import type { OperationView } from "#lib/operations/operation";
import type { RefusedFor, RefusedOne } from "#lib/operations/queries";
import { enforcementSentence } from "../api/enforcement";
import { doneWords, tokensWords } from "../tokens/bulk/bulk-words";
import { Note } from "../ui/note";
import type { Reader } from "../ui/time-words";

type Names = Readonly<Record<string, { readonly name: string; readonly owner: string }>>;

type Props = {
  operation: OperationView;
  refusals: { readonly reasons: readonly RefusedFor[]; readonly first: readonly RefusedOne[] };
  /** Of those tokens that the reader sees. */
  names: Names;
  reader: Reader;
};

/** What became of it: how many are as they shall be, where that holds, and what was refused and why. */
export function OperationResult({ operation, refusals, names, reader }: Props) {
  const { action, done, refusedCount, enforcement } = operation;
  const { verb, said } = doneWords(action, done);
  return (
    <div className="grid gap-4">
      <Note tone={refusedCount === 0 ? "success" : "warning"} role="status">
        <b className="font-semibold">{said}</b>{" "}
        {enforcement && done > 0 && enforcementSentence(enforcement, verb, reader)}{" "}
        {refusedCount > 0 && `${tokensWords(refusedCount)} ${refusedCount === 1 ? "was" : "were"} refused.`}
      </Note>
      {refusals.reasons.length > 0 && (
        <div>
          <h2 className="mb-2 text-base">Refused, and why</h2>
          <ul className="grid gap-1 text-sm">
            {refusals.reasons.map(({ code, detail, count }) => (
              <li key={`${code} ${detail}`}>
                <b className="font-medium">{tokensWords(count)}:</b> {detail}
              </li>
            ))}
          </ul>
        </div>
      )}
      {refusals.first.length > 0 && (
        <ul aria-label="Refused tokens" className="rounded-md border border-border text-sm">
          {refusals.first.map(({ id, detail }) => {
            const known = names[id];
            return (
              <li
                key={id}
                className="grid gap-x-4 border-border border-b px-3 py-2 last:border-b-0 desk:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]"
              >
                {known ? (
                  <span className="min-w-0 truncate">
                    <Link prefetch={false} href={`/tokens/${id}`} className="font-medium text-fg">
                      {known.name}
                    </Link>{" "}
                    <span className="text-fg-3">{known.owner}</span>
                  </span>
                ) : (
                  <span className="mono truncate text-fg-3">{id}</span>
                )}
                <span className="text-fg-2">{detail}</span>
              </li>
            );
          })}
        </ul>
      )}
      {refusedCount > refusals.first.length && refusals.first.length > 0 && (
        <p className="text-sm text-fg-3">
          The first {refusals.first.length} are shown; all of them are at /api/v1/operations/{operation.id}.
        </p>
      )}
    </div>
  );
}
