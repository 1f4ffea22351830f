"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { Made } from "#lib/tokens/made";
import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import { request } from "../../api/request";
import { Note } from "../../ui/note";
import type { Reader } from "../../ui/time-words";
import { CreatedToken } from "./created-token";
import type { Draft } from "./draft";
import { QuestionForm } from "./question-form";

type Props = {
  facts: TokenFormFacts;
  initial: Draft;
  filled: boolean;
  /** The clock by which the page was drawn. */
  reader: Reader;
  head: ReactNode;
};

const MY_TOKENS = { href: "/tokens", label: "Go to my tokens" };
const WORDS = { make: "Create", busy: "Creating …", next: "The secret is shown once, next." };

/** *New token*, one page: six questions, and beside them the sentence that says what is being made. */
export function NewTokenForm({ facts, initial, filled, reader, head }: Props) {
  const { refresh } = useRouter();
  const [draft, setDraft] = useState(initial);
  const [created, setCreated] = useState<Made | null>(null);
  if (created) {
    const another = () => {
      setDraft({ ...draft, name: "" });
      setCreated(null);
      refresh();
      // the form is back in the next frame; only its name is missing
      requestAnimationFrame(() => document.getElementById("name")?.focus());
    };
    return <CreatedToken {...created} facts={facts} reader={reader} onAnother={another} onward={MY_TOKENS} />;
  }
  return (
    <>
      {head}
      <QuestionForm<Made>
        draft={draft}
        change={setDraft}
        facts={facts}
        reader={reader}
        lead={filled && <Note>A link filled this in. Look it over before you create the token.</Note>}
        words={WORDS}
        send={(body) => request("POST", "/api/v1/tokens", body)}
        onMade={setCreated}
        why="A token that changes things in this portal can do what you can."
      />
    </>
  );
}
