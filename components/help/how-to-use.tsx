import type { Periods } from "#lib/jobs/periods";
import type { SnippetFacts } from "../tokens/secret/snippets";
import { AboutTokens } from "./about-tokens";
import { ForAdministrators } from "./for-administrators";
import { PortalRefusals } from "./portal-refusals";
import { UsingTokens } from "./using-tokens";
import { WhatIsKept } from "./what-is-kept";
import { YourAccount } from "./your-account";

type Props = {
  facts: SnippetFacts;
  /** The public address of this one. */
  portal: string;
  /** How long this installation keeps what it records. */
  kept: Periods;
};

/** All chapters of the help, with the reader's own host and username. */
export function HowToUse({ facts, portal, kept }: Props) {
  return (
    <>
      <AboutTokens portal={portal} />
      <UsingTokens facts={facts} />
      <YourAccount />
      <WhatIsKept kept={kept} />
      <ForAdministrators />
      <PortalRefusals />
    </>
  );
}
