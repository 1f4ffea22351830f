"use client";
import type { ReactNode } from "react";
import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import { StepUp } from "../../account/step-up";
import { FormError } from "../../api/form-error";
import { type Answer, fieldError } from "../../api/problem";
import { useSubmit } from "../../api/use-submit";
import { Button } from "../../ui/button";
import type { Reader } from "../../ui/time-words";
import { RESTRICTION_FIELDS } from "../restrictions/typed";
import { bodyOf, type Draft, fromIsOpen } from "./draft";
import { limitLines } from "./limit-lines";
import { LiveBar, LivePanel } from "./live-panel";
import { Questions } from "./questions/questions";
import { shortSentence, tokenSentence } from "./sentence";
import { toldOf } from "./told";
import { useServerNow } from "./use-server-now";

type Props<Made> = {
  draft: Draft;
  change: (draft: Draft) => void;
  facts: TokenFormFacts;
  /** The clock by which the page was drawn. */
  reader: Reader;
  /** Above the questions: what the reader must know first. */
  lead?: ReactNode;
  /** What the button says, idle and busy, and what comes after it. */
  words: { readonly make: string; readonly busy: string; readonly next: string };
  send: (body: Record<string, unknown>) => Promise<Answer<Made>>;
  onMade: (made: Made) => void;
  /** Why it asks for the password again. */
  why: string;
};

const FIELDS = [
  "name",
  "description",
  "applications",
  "access",
  "expiresAt",
  "ipRanges",
  "contact",
  "labels",
  ...RESTRICTION_FIELDS,
];
const OPEN_RANGES = "Choose from where it may come, or choose Anywhere.";

/** Six questions about a token, and beside them the sentence that says what is being made; for oneself or for others. */
export function QuestionForm<Made>(props: Props<Made>) {
  const { draft, change, facts, reader, words } = props;
  const serverNow = useServerNow(reader.now);
  const submit = useSubmit();
  const { busy, problem, form, send, refuse } = submit;
  const make = () => {
    if (fromIsOpen(draft)) {
      return refuse({ code: "invalid_input", detail: OPEN_RANGES, fields: { ipRanges: OPEN_RANGES }, requestId: null });
    }
    return void send(() => props.send(bodyOf(draft, facts, { ...reader, now: serverNow() })), props.onMade);
  };
  const told = toldOf(draft, facts, reader);
  const button = (
    <Button type="submit" look="primary" size="lg" block busy={busy && words.busy}>
      {words.make}
    </Button>
  );
  return (
    <>
      <form
        ref={form}
        className="grid items-start gap-11 pb-28 desk:pb-0 wide:grid-cols-[minmax(0,1fr)_356px] max-wide:gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <div className="min-w-0">
          <div className="mb-4 grid gap-3 empty:hidden">
            {props.lead}
            <FormError problem={problem} shown={FIELDS} />
          </div>
          <Questions
            draft={draft}
            change={(patch) => change({ ...draft, ...patch })}
            facts={facts}
            reader={reader}
            error={(path) => fieldError(problem, path)}
          />
        </div>
        <LivePanel
          sentence={tokenSentence(told, facts.applications, reader)}
          lines={limitLines(draft, facts, reader)}
          button={button}
          next={words.next}
        />
        <LiveBar sentence={shortSentence(told, facts.applications, reader)} button={button} />
      </form>
      <StepUp submit={submit} why={props.why} />
    </>
  );
}
