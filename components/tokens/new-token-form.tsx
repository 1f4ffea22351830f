"use client";
import { type ReactNode, useState } from "react";
import type { TokenFormFacts } from "#lib/tokens/form-facts";
import type { TokenView } from "#lib/tokens/view";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Note } from "../ui/note";
import type { Reader } from "../ui/time-words";
import { CreatedToken } from "./created-token";
import { bodyOf, type Draft, nameOf, rangesOf } from "./draft";
import { expiresAt } from "./expiry";
import { limitLines } from "./limit-lines";
import { LiveBar, LivePanel } from "./live-panel";
import { QuestionAccess } from "./question-access";
import { QuestionApplication } from "./question-application";
import { QuestionExpiry } from "./question-expiry";
import { QuestionFrom } from "./question-from";
import { QuestionMore } from "./question-more";
import { QuestionUse } from "./question-use";
import { shortSentence, tokenSentence } from "./sentence";
import { useServerNow } from "./use-server-now";

type Props = {
  facts: TokenFormFacts;
  initial: Draft;
  filled: boolean;
  reader: Reader;
  username: string;
  head: ReactNode;
};
type Created = { token: TokenView; secret: string };

const FIELDS = ["name", "description", "applications", "access", "expiresAt", "ipRanges", "contact", "labels"];

/** *New token*, one page: six questions, and beside them the sentence that says what is being made. */
export function NewTokenForm({ facts, initial, filled, reader: drawn, username, head }: Props) {
  const [draft, setDraft] = useState(initial);
  const [created, setCreated] = useState<Created | null>(null);
  const serverNow = useServerNow(drawn.now);
  const { busy, problem, form, send } = useSubmit();
  const another = () => {
    setDraft({ ...draft, name: "" });
    setCreated(null);
  };
  if (created)
    return <CreatedToken {...created} facts={facts} reader={drawn} username={username} onAnother={another} />;
  const change = (patch: Partial<Draft>) => setDraft({ ...draft, ...patch });
  const ends = facts.limits ? expiresAt(draft.expiry, facts.limits, drawn) : undefined;
  const networks = facts.networks.map((each) => each.name);
  const told = {
    ...draft,
    name: nameOf(draft, facts.applications),
    ipRanges: rangesOf(draft),
    networks,
    expiresAt: ends,
  };
  const props = { draft, change, facts, reader: drawn, error: (path: string) => fieldError(problem, path) };
  const button = (
    <Button type="submit" look="primary" size="lg" block busy={busy && "Creating …"}>
      Create
    </Button>
  );
  return (
    <>
      {head}
      <form
        ref={form}
        className="grid items-start gap-11 pb-28 desk:pb-0 wide:grid-cols-[minmax(0,1fr)_356px] max-wide:gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          void send(
            () => request<Created>("POST", "/api/v1/tokens", bodyOf(draft, facts, { ...drawn, now: serverNow() })),
            setCreated,
          );
        }}
      >
        <div className="min-w-0">
          <div className="mb-4 grid gap-3 empty:hidden">
            {filled && <Note>A link filled this in. Look it over before you create the token.</Note>}
            <FormError problem={problem} shown={FIELDS} />
          </div>
          <QuestionUse {...props} />
          <QuestionApplication {...props} />
          <QuestionAccess {...props} />
          <QuestionExpiry {...props} />
          <QuestionFrom {...props} />
          <QuestionMore {...props} />
        </div>
        <LivePanel
          sentence={tokenSentence(told, facts.applications, drawn)}
          lines={limitLines(draft, facts, drawn)}
          button={button}
        />
        <LiveBar sentence={shortSentence(told, facts.applications, drawn)} button={button} />
      </form>
    </>
  );
}
