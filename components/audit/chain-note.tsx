import { Link2, Link2Off } from "lucide-react";
import type { ChainState } from "#lib/audit/queries-chain";
import { Icon } from "../ui/icon";
import { Note } from "../ui/note";
import { ago, type Reader } from "../ui/time-words";
import { brokenWords, intactWords, notedWords } from "./chain-words";

/** Whether the log is as it was written, as far as that is known. */
export function ChainNote({ state, reader }: { state: ChainState; reader: Reader }) {
  const noted = notedWords(state, (at) => ago(Date.parse(at), reader));
  if (state.firstBad !== null || (state.noted !== null && state.noted.broken !== null)) {
    return (
      <Note tone="danger" icon={Link2Off} role="alert">
        <p className="font-medium">{state.firstBad === null ? noted : brokenWords(state.firstBad)}</p>
        <p>
          No program of Latchkey can do that: somebody with the database at hand did, or a backup was put back in part.
          Keep the database as it is, and look at it with <code>npm run latchkey -- audit verify</code>.
        </p>
      </Note>
    );
  }
  return (
    <p className="flex gap-2 text-pretty text-sm text-fg-3">
      <Icon of={Link2} size={14} className="mt-[3px] flex-none" />
      <span>
        {intactWords(state)} {noted}
        {state.noted === null && noted !== null && (
          <>
            {" "}
            <code>npm run latchkey -- audit verify --note</code> does.
          </>
        )}
      </span>
    </p>
  );
}
