"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import type { TokenView } from "#lib/tokens/view";
import { StepUp } from "../../account/step-up";
import { FormError } from "../../api/form-error";
import { fieldError } from "../../api/problem";
import { request } from "../../api/request";
import { useSubmit } from "../../api/use-submit";
import { Button } from "../../ui/button";
import { Note } from "../../ui/note";
import type { Reader } from "../../ui/time-words";
import { CreatedToken } from "./created-token";
import { bodyOf, type Draft, fromIsOpen } from "./draft";
import { limitLines } from "./limit-lines";
import { LiveBar, LivePanel } from "./live-panel";
import { Questions } from "./questions/questions";
import { shortSentence, tokenSentence } from "./sentence";
import { toldOf } from "./told";
import { useServerNow } from "./use-server-now";

type Props = {
  facts: TokenFormFacts;
  initial: Draft;
  filled: boolean;
  /** The clock by which the page was drawn. */
  reader: Reader;
  username: string;
  head: ReactNode;
};
type Created = { token: TokenView; secret: string };

const FIELDS = ["name", "description", "applications", "access", "expiresAt", "ipRanges", "contact", "labels"];

const OPEN_RANGES = "Choose from where it may come, or choose Anywhere.";

/** *New token*, one page: six questions, and beside them the sentence that says what is being made. */
export function NewTokenForm({ facts, initial, filled, reader, username, head }: Props) {
  const { refresh } = useRouter();
  const [draft, setDraft] = useState(initial);
  const [created, setCreated] = useState<Created | null>(null);
  const serverNow = useServerNow(reader.now);
  const submit = useSubmit();
  const { busy, problem, form, send, refuse } = submit;
  if (created) {
    const another = () => {
      setDraft({ ...draft, name: "" });
      setCreated(null);
      refresh();
      // the form is back in the next frame; only its name is missing
      requestAnimationFrame(() => document.getElementById("name")?.focus());
    };
    return <CreatedToken {...created} facts={facts} reader={reader} username={username} onAnother={another} />;
  }
  const create = () => {
    if (fromIsOpen(draft)) {
      return refuse({ code: "invalid_input", detail: OPEN_RANGES, fields: { ipRanges: OPEN_RANGES }, requestId: null });
    }
    const ask = () => request<Created>("POST", "/api/v1/tokens", bodyOf(draft, facts, { ...reader, now: serverNow() }));
    return void send(ask, setCreated);
  };
  const told = toldOf(draft, facts, reader);
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
          create();
        }}
      >
        <div className="min-w-0">
          <div className="mb-4 grid gap-3 empty:hidden">
            {filled && <Note>A link filled this in. Look it over before you create the token.</Note>}
            <FormError problem={problem} shown={FIELDS} />
          </div>
          <Questions
            draft={draft}
            change={(patch) => setDraft({ ...draft, ...patch })}
            facts={facts}
            reader={reader}
            error={(path) => fieldError(problem, path)}
          />
        </div>
        <LivePanel
          sentence={tokenSentence(told, facts.applications, reader)}
          lines={limitLines(draft, facts, reader)}
          button={button}
        />
        <LiveBar sentence={shortSentence(told, facts.applications, reader)} button={button} />
      </form>
      <StepUp submit={submit} why="A token that changes things in this portal can do what you can." />
    </>
  );
}
