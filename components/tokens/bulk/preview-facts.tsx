import type { BulkPreview } from "#lib/tokens/bulk/preview";
import { tokensWords, whatElse, whatHappens } from "./bulk-words";

/** How many, whose, and what is refused and why: the facts beside the button. */
export function PreviewFacts({ preview }: { preview: BulkPreview }) {
  const { action, changes, owners, most, refused } = preview;
  const tone = action === "revoke" && changes > 0 ? "border-danger-line bg-danger-bg" : "border-border bg-surface-2";
  const others = owners - most.length;
  return (
    <>
      <p className={`text-pretty rounded-md border px-3.5 py-3 ${tone}`}>
        <b className="font-semibold">{whatHappens(preview)}</b> {whatElse(preview)}
      </p>
      {most.length > 0 && (
        <div>
          <h3 className="mb-1.5 text-sm font-medium">Whose tokens</h3>
          <ul className="flex flex-wrap gap-1.5 text-sm">
            {most.map(({ username, tokens }) => (
              <li key={username} className="max-w-full truncate rounded-sm border border-border-2 px-2 py-0.5">
                {username} <span className="tabular-nums text-fg-3">{tokens.toLocaleString("en")}</span>
              </li>
            ))}
            {others > 0 && <li className="py-0.5 text-fg-3">and {others.toLocaleString("en")} more</li>}
          </ul>
        </div>
      )}
      {refused.length > 0 && (
        <div>
          <h3 className="mb-1.5 text-sm font-medium">What is refused</h3>
          <ul className="grid gap-1 text-sm text-fg-2">
            {refused.map(({ code, detail, count }) => (
              <li key={`${code} ${detail}`}>
                <b className="font-medium text-fg">{tokensWords(count)}:</b> {detail}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
