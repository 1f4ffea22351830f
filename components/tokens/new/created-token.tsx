"use client";
import { CopyPlus } from "lucide-react";
import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import type { TokenView } from "#lib/tokens/view";
import { Button } from "../../ui/button";
import { ButtonLink } from "../../ui/button-link";
import { Icon } from "../../ui/icon";
import type { Reader } from "../../ui/time-words";
import { TokenReady } from "../secret/token-ready";
import { saidOf } from "./told";

type Props = {
  token: TokenView;
  secret: string;
  facts: TokenFormFacts;
  reader: Reader;
  onAnother: () => void;
  /** Where to go next. */
  onward: { readonly href: string; readonly label: string };
};

/** After creating: the token with its secret, and another like it. */
export function CreatedToken({ token, secret, facts, reader, onAnother, onward }: Props) {
  return (
    <TokenReady token={token} secret={secret} applications={facts.applications} sentence={saidOf(token, facts, reader)}>
      <Button onClick={onAnother}>
        <Icon of={CopyPlus} />
        Create another like this
      </Button>
      <ButtonLink look="quiet" href={onward.href}>
        {onward.label}
      </ButtonLink>
    </TokenReady>
  );
}
