import type { SnippetFacts } from "../tokens/secret/snippets";
import { AboutTokens } from "./about-tokens";
import { ForAdministrators } from "./for-administrators";
import { PortalRefusals } from "./portal-refusals";
import { UsingTokens } from "./using-tokens";
import { YourAccount } from "./your-account";

/** All chapters of the help, with the reader's own host and username. @param portal the public address of this one */
export function HowToUse({ facts, portal }: { facts: SnippetFacts; portal: string }) {
  return (
    <>
      <AboutTokens portal={portal} />
      <UsingTokens facts={facts} />
      <YourAccount />
      <ForAdministrators />
      <PortalRefusals />
    </>
  );
}
