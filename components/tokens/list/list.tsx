import type { OfferedToken } from "#lib/tokens/acting/actions-on";
import { TokenRow } from "./row";
import type { RowContext } from "./row-context";

type Props = { title: string; tokens: readonly OfferedToken[]; context: RowContext };

export function TokenList({ title, tokens, context }: Props) {
  if (tokens.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="mt-7 mb-2.5 max-desk:mt-[22px] [header+section>&]:mt-2">{title}</h2>
      <ul className="rounded-lg border border-border bg-surface">
        {tokens.map((token) => (
          <TokenRow key={token.id} token={token} context={context} />
        ))}
      </ul>
    </section>
  );
}
