"use client";
import { useId, useState } from "react";
import type { TiersFacts } from "#lib/policies/queries-tiers";
import { QUESTIONS } from "#lib/policies/questions";
import { Card } from "../ui/card";
import { Field } from "../ui/field";
import { Select } from "../ui/input";
import { answerInWords } from "./tier-words";

/** What auditors ask: not what may this person do, but who may do this. */
export function OtherWayRound({ answers }: Pick<TiersFacts, "answers">) {
  const id = useId();
  const [asked, setAsked] = useState<string>(answers[0]?.question ?? "");
  const answer = answers.find(({ question }) => question === asked)?.answer;
  return (
    <Card aria-label="Ask it the other way round" className="p-4">
      <Field id={id} label="Ask it the other way round">
        {(ties) => (
          <Select {...ties} value={asked} onChange={(event) => setAsked(event.target.value)}>
            {answers.map(({ question }) => (
              <option key={question} value={question}>
                {QUESTIONS[question]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <p role="status" className="mt-3 text-pretty text-fg-2">
        {answer && answerInWords(answer)}
      </p>
    </Card>
  );
}
