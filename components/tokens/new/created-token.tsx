"use client";
import { Check, CopyPlus } from "lucide-react";
import { useEffect, useRef } from "react";
import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import type { TokenView } from "#lib/tokens/view";
import { Button } from "../../ui/button";
import { ButtonLink } from "../../ui/button-link";
import { Icon } from "../../ui/icon";
import type { Reader } from "../../ui/time-words";
import { SecretOnce } from "../secret/secret-once";
import { SnippetCard } from "../secret/snippet-card";
import { snippetFacts } from "../secret/snippet-facts";
import { Waiting } from "../secret/waiting";
import { textOf, tokenSentence } from "./sentence";

type Props = {
  token: TokenView;
  secret: string;
  facts: TokenFormFacts;
  reader: Reader;
  username: string;
  onAnother: () => void;
};

/** After creating: the secret once, a snippet that runs, and whether the first request arrives. */
export function CreatedToken({ token, secret, facts, reader, username, onAnother }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    title.current?.focus();
  }, []);
  const told = {
    ...token,
    name: "It",
    networks: facts.networks.map((each) => each.name),
    expiresAt: token.expiresAt === null ? null : Date.parse(token.expiresAt),
  };
  const snippet = snippetFacts(token, secret, username, facts.applications, location.origin);
  return (
    <div className="mx-auto grid max-w-[760px] gap-[18px]">
      <div className="flex items-start gap-3.5">
        <span className="grid size-10 flex-none place-items-center rounded-full border border-success-line bg-success-bg text-success-fg">
          <Icon of={Check} size={20} />
        </span>
        <div className="min-w-0">
          <h1 ref={title} tabIndex={-1} className="[overflow-wrap:anywhere]">
            {token.name} is ready
          </h1>
          <p className="mt-[3px] text-fg-2">{textOf(tokenSentence(told, facts.applications, reader))}</p>
        </div>
      </div>
      <SecretOnce facts={snippet} />
      <SnippetCard facts={snippet} />
      <Waiting tokenId={token.id} doNow="Run the snippet" />
      <div className="flex flex-wrap items-center gap-2 max-desk:*:flex-1">
        <Button onClick={onAnother}>
          <Icon of={CopyPlus} />
          Create another like this
        </Button>
        <ButtonLink look="quiet" href="/tokens">
          Go to my tokens
        </ButtonLink>
      </div>
    </div>
  );
}
