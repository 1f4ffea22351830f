import type { LimitSource } from "#lib/errors/error";
import type { Limits } from "#lib/policies/limits";
import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import { TextLink } from "../../../ui/text-link";
import { sourceWords } from "../source-words";

type Props = { facts: Pick<TokenFormFacts, "tier" | "sources">; limit: keyof Limits };

/** Whose a limit is: *tier Developers, because you are in jira-developers*, or a ceiling above it. */
export function SourceName({ facts: { tier, sources }, limit }: Props) {
  const source: LimitSource = sources?.[limit] ?? { kind: "tier", name: tier?.name ?? "yours" };
  if (source.kind !== "tier") return sourceWords(source);
  return (
    <>
      tier{" "}
      <TextLink href="/help#tiers" target="_blank" className="whitespace-nowrap">
        {source.name}
      </TextLink>
      {tier && `, ${tier.because}`}
    </>
  );
}
