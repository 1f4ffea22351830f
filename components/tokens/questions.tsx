import type { QuestionProps } from "./form-props";
import { QuestionAccess } from "./question-access";
import { QuestionApplication } from "./question-application";
import { QuestionExpiry } from "./question-expiry";
import { QuestionFrom } from "./question-from";
import { QuestionMore } from "./question-more";
import { QuestionUse } from "./question-use";

/** What will use it · application · may it change things · until when · from where · more. */
export function Questions(props: QuestionProps) {
  return (
    <>
      <QuestionUse {...props} />
      <QuestionApplication {...props} />
      <QuestionAccess {...props} />
      <QuestionExpiry {...props} />
      <QuestionFrom {...props} />
      <QuestionMore {...props} />
    </>
  );
}
