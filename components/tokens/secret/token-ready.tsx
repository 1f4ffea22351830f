"use client";
import { Check } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import type { KnownApplication } from "#lib/applications/known";
import type { TokenView } from "#lib/tokens/view";
import { Icon } from "../../ui/icon";
import { SecretOnce } from "./secret-once";
import { SnippetCard } from "./snippet-card";
import { snippetFacts } from "./snippet-facts";
import { Waiting } from "./waiting";

type Props = {
  token: TokenView;
  secret: string;
  applications: readonly KnownApplication[];
  /** What it may, in one sentence. */
  sentence: string;
  /** What comes next. */
  children: ReactNode;
};

/** The secret once, a snippet that runs, and whether the first request arrives. */
export function TokenReady({ token, secret, applications, sentence, children }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    title.current?.focus();
  }, []);
  const snippet = snippetFacts(token, secret, token.owner.username, applications, location.origin);
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
          <p className="mt-[3px] text-fg-2">{sentence}</p>
        </div>
      </div>
      <SecretOnce facts={snippet} />
      <SnippetCard facts={snippet} />
      <Waiting tokenId={token.id} doNow="Run the snippet" />
      <div className="flex flex-wrap items-center gap-2 max-desk:*:flex-1">{children}</div>
    </div>
  );
}
