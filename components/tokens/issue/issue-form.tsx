"use client";
import { Link2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { Issued, Pending } from "#lib/tokens/made";
import type { IssueWay } from "#lib/tokens/making/issue-ways";
import type { Recipient } from "#lib/tokens/queries-issue";
import { request } from "../../api/request";
import { ButtonLink } from "../../ui/button-link";
import { Icon } from "../../ui/icon";
import { Note } from "../../ui/note";
import type { Reader } from "../../ui/time-words";
import { LinkOnce } from "../claim/link-once";
import { openerWords } from "../claim/opener";
import { CreatedToken } from "../new/created-token";
import { emptyDraft } from "../new/draft";
import { QuestionForm } from "../new/question-form";
import { saidOf } from "../new/told";
import { DelegationChoice } from "./delegation-choice";
import { fitDraft } from "./fit";
import { WhatHappens } from "./what-happens";

type Props = {
  recipient: Recipient;
  unmaintained: boolean;
  /** At least one. */
  ways: readonly [IssueWay, ...IssueWay[]];
  reader: Reader;
  head: ReactNode;
};

const MANAGER = { href: "/admin/tokens", label: "Go to the token manager" };

/** *Token for somebody else*: the questions of *New token* under one delegation, then the link or the secret. */
export function IssueForm({ recipient, unmaintained, ways, reader, head }: Props) {
  const { refresh } = useRouter();
  const [way, setWay] = useState(ways[0]);
  const [draft, setDraft] = useState(() => emptyDraft(ways[0].facts));
  const [issued, setIssued] = useState<Issued | null>(null);
  const { delegation, shown, facts } = way;
  if (issued !== null && "secret" in issued) {
    const another = () => {
      setDraft({ ...draft, name: "" });
      setIssued(null);
      refresh();
    };
    return <CreatedToken {...issued} facts={facts} reader={reader} onAnother={another} onward={MANAGER} />;
  }
  if (issued !== null) {
    return <Sent issued={issued} recipient={recipient} said={saidOf(issued.token, facts, reader)} reader={reader} />;
  }
  const choose = (name: string) => {
    const next = ways.find((each) => each.delegation === name) ?? way;
    setWay(next);
    setDraft(fitDraft(draft, next.facts));
  };
  const full = facts.mayCreate.reason;
  return (
    <>
      {head}
      <QuestionForm<Issued>
        draft={draft}
        change={setDraft}
        facts={facts}
        reader={reader}
        lead={
          <>
            {ways.length > 1 && <DelegationChoice ways={ways} chosen={delegation} onChoose={choose} />}
            <WhatHappens recipient={recipient} shown={shown} delegation={delegation} unmaintained={unmaintained} />
            {full !== null && <Note tone="warning">{full}</Note>}
          </>
        }
        words={{
          make: shown ? "Create" : "Create and get the link",
          busy: "Creating …",
          next: shown ? "The secret is shown once, next." : "The link is shown once, next.",
        }}
        send={(body) => request("POST", "/api/v1/admin/tokens", { ...body, ownerId: recipient.id, delegation })}
        onMade={setIssued}
        why={`A token for ${recipient.username} acts in their name.`}
      />
    </>
  );
}

type SentProps = { issued: Pending; recipient: Recipient; said: string; reader: Reader };

/** The link, and what is to be done with it. */
function Sent({ issued: { token, claim }, recipient, said, reader }: SentProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    title.current?.focus();
  }, []);
  return (
    <div className="mx-auto grid max-w-[760px] gap-[18px]">
      <div className="flex items-start gap-3.5">
        <span className="grid size-10 flex-none place-items-center rounded-full border border-border bg-surface-3 text-fg-2">
          <Icon of={Link2} size={20} />
        </span>
        <div className="min-w-0">
          <h1 ref={title} tabIndex={-1} className="[overflow-wrap:anywhere]">
            {token.name} waits for its owner
          </h1>
          <p className="mt-[3px] text-fg-2">{said}</p>
        </div>
      </div>
      <LinkOnce claim={claim} opener={openerWords(recipient)} reader={reader} />
      <div className="flex flex-wrap gap-2 max-desk:*:flex-1">
        <ButtonLink href={`/tokens/${token.id}`}>See the token</ButtonLink>
        <ButtonLink look="quiet" href={MANAGER.href}>
          {MANAGER.label}
        </ButtonLink>
      </div>
    </div>
  );
}
