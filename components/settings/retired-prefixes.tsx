import type { SettingsFacts } from "#lib/settings/queries";
import { Button } from "../ui/button";
import { tokensInWords } from "./settings-words";

type Props = {
  retired: SettingsFacts["retired"];
  busy: boolean;
  /** Left out: who looks may not remove. */
  remove?: (prefix: string) => void;
};

/** Prefixes of earlier times, and how many tokens still bear them. */
export function RetiredPrefixes({ retired, busy, remove }: Props) {
  if (retired.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1.5 text-sm font-medium">Retired, still working</h3>
      <ul className="rounded-md border border-border">
        {retired.map(({ prefix, tokens }) => (
          <li
            key={prefix}
            className="flex min-h-11 items-center gap-3 border-border border-b px-3 py-1.5 text-sm last:border-b-0"
          >
            <span className="mono">{prefix}_</span>
            <span className="min-w-0 flex-1 text-fg-2">{tokensInWords(tokens)}</span>
            {remove && tokens === 0 && (
              <Button size="sm" disabled={busy} onClick={() => remove(prefix)} aria-label={`Remove ${prefix}`}>
                Remove
              </Button>
            )}
          </li>
        ))}
      </ul>
      {remove && (
        <p className="mt-2 text-pretty text-sm text-fg-3">
          One can be removed when no token bears it. Secrets that begin so are nobody’s then: what still sends one is
          treated like any other credential that is not ours.
        </p>
      )}
    </div>
  );
}
