import { Eye, Pencil } from "lucide-react";
import Link from "next/link";
import type { OfferedToken } from "#lib/tokens/acting/actions-on";
import type { TokenView } from "#lib/tokens/view";
import { ButtonLink } from "../../ui/button-link";
import { Icon } from "../../ui/icon";
import { LifeBar } from "../../ui/life-bar";
import { Status } from "../../ui/status";
import { Time } from "../../ui/time";
import { ago } from "../../ui/time-words";
import { actionFacts, actionsOf, NO_ACTIONS } from "../actions/action-facts";
import { TokenActions } from "../actions/token-actions";
import { lifeOf } from "../life";
import { baseOf } from "../secret/base-of";
import { accessWords, applicationWords } from "../token-words";
import { causeOf } from "./cause";
import { CauseNote } from "./cause-note";
import type { RowContext } from "./row-context";

/** One token of mine: what it is · may · ends · last used · status · what can be done; below it what needs me. */
export function TokenRow({ token, context }: { token: OfferedToken; context: RowContext }) {
  const { username, applications, reader } = context;
  const where = applicationWords(token.applications, applications);
  const life = lifeOf(token, reader);
  const cause = causeOf(token, username, reader);
  const actions = actionsOf(token);
  const facts = { token: actionFacts(token, where), reader, base: baseOf(token, applications) };
  const mends = {
    rotate: cause?.remedy === "rotate",
    resume: cause?.remedy === "resume",
    link: cause?.remedy === "link",
  };
  return (
    <li className="grid items-center gap-x-5 gap-y-1 border-border border-b py-[13px] pr-3 pl-[18px] last:border-b-0 wide:grid-cols-[minmax(0,1fr)_124px_148px_112px_96px_158px] max-wide:flex max-wide:flex-wrap max-wide:gap-x-3 max-wide:gap-y-2 max-wide:px-4 max-wide:py-3.5">
      <div className="min-w-0 max-wide:flex-[1_1_0]">
        <span className="flex min-w-0 items-center gap-2">
          <Link prefetch={false} href={`/tokens/${token.id}`} className="truncate font-medium text-fg">
            {token.name}
          </Link>
          <span className="mono flex-none text-xs text-fg-3 max-desk:hidden">{token.hint}</span>
        </span>
        <span className="block truncate text-sm text-fg-2">{token.description || "No purpose given"}</span>
      </div>
      <div className="text-sm max-wide:order-2 max-wide:flex max-wide:basis-full max-wide:gap-2">
        <span className="flex items-center gap-1.5">
          <Icon of={token.access === "read" ? Eye : Pencil} size={14} className="text-fg-3" />
          {accessWords(token.access)}
        </span>
        <span className="block truncate text-fg-3 wide:pl-5">{where}</span>
      </div>
      <div className="text-sm tabular-nums max-wide:order-3 max-wide:basis-full">
        <span className="flex justify-between gap-2">
          {life.at ? (
            <Time at={life.at} reader={reader}>
              {life.ends}
            </Time>
          ) : (
            <span className="text-warning-fg">{life.ends} ends</span>
          )}
          <span className="text-fg-3">{life.left}</span>
        </span>
        {life.share !== null && (
          <span className="mt-[7px] block">
            <LifeBar share={life.share} tone={life.tone} />
          </span>
        )}
      </div>
      <LastUsed token={token} context={context} />
      <div className="max-wide:order-1">
        <Status status={token.status} />
      </div>
      <div className="flex justify-end max-wide:order-5 max-wide:-mr-2">
        <TokenActions
          {...facts}
          actions={{
            ...actions,
            rotate: actions.rotate && !mends.rotate,
            resume: actions.resume && !mends.resume,
            link: actions.link && !mends.link,
          }}
          place="row"
        />
      </div>
      {cause && (
        <CauseNote
          cause={cause}
          remedy={
            cause.remedy === "see-why" ? (
              <ButtonLink size="sm" href={`/tokens/${token.id}#refusals`}>
                See why
              </ButtonLink>
            ) : (
              (mends.rotate || mends.resume || mends.link) && (
                <TokenActions {...facts} actions={{ ...NO_ACTIONS, ...mends }} place="note" />
              )
            )
          }
        />
      )}
    </li>
  );
}

function LastUsed({ token, context: { reader } }: { token: TokenView; context: RowContext }) {
  return (
    <div className="min-w-0 text-sm max-wide:order-4 max-wide:flex-[1_1_0]">
      {token.lastUsedAt ? (
        <>
          <span className="block tabular-nums">
            <Time at={token.lastUsedAt} reader={reader}>
              {ago(Date.parse(token.lastUsedAt), reader)}
            </Time>
          </span>
          <span className="mono block truncate text-xs text-fg-3">{token.lastUsedIp}</span>
        </>
      ) : (
        "Not used yet"
      )}
    </div>
  );
}
