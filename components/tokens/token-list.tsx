import type { TokenView } from "#lib/tokens/view";
import type { Reader } from "../ui/time-words";
import { TokenRow } from "./token-row";
import type { ApplicationName } from "./token-words";

/** What every row is drawn with. */
export type RowContext = {
  readonly viewer: { readonly userId: string; readonly username: string; readonly role: "user" | "auditor" | "admin" };
  readonly applications: readonly (ApplicationName & { readonly host: string })[];
  readonly reader: Reader;
};

type Props = { title: string; tokens: readonly TokenView[]; context: RowContext };

export function TokenList({ title, tokens, context }: Props) {
  if (tokens.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mt-7 mb-2.5 max-desk:mt-[22px]">{title}</h2>
      <ul className="rounded-lg border border-border bg-surface">
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} context={context} />
        ))}
      </ul>
    </section>
  );
}
