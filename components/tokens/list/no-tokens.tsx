import { KeyRound, Plus } from "lucide-react";
import type { KnownApplication } from "#lib/applications/known";
import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import { ButtonLink } from "../../ui/button-link";
import { EmptyState } from "../../ui/empty-state";
import { Icon } from "../../ui/icon";
import { listWords } from "../token-words";

type Props = {
  mayCreate: TokenFormFacts["mayCreate"];
  applications: readonly KnownApplication[];
  admin: boolean;
  /** Whether there have been some that ended. */
  ended: boolean;
};

/** The first visit: what this is for, and the next step; or why there is none. */
export function NoTokens({ mayCreate, applications, admin, ended }: Props) {
  const names = applications.filter((each) => each.key !== "latchkey").map((each) => each.name);
  const help = (
    <ButtonLink href={admin && names.length === 0 ? "/help#connect" : "/help#what"}>
      {admin && names.length === 0 ? "Connect an application" : "What is an API token?"}
    </ButtonLink>
  );
  const create = (
    <ButtonLink look="primary" href="/tokens/new">
      <Icon of={Plus} />
      New token
    </ButtonLink>
  );
  return (
    <div className="mt-5 rounded-lg border border-border bg-surface">
      <EmptyState
        icon={KeyRound}
        title={ended ? "No tokens in use" : "No tokens yet"}
        action={
          <>
            {mayCreate.allowed && create}
            {help}
          </>
        }
      >
        {mayCreate.allowed
          ? `Make one for each script or platform that talks to ${names.length > 0 && names.length < 5 ? listWords(names, "or") : "your applications"} for you.`
          : mayCreate.reason}
      </EmptyState>
    </div>
  );
}
