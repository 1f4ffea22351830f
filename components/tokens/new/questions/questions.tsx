import { QuestionAccess } from "./access";
import { QuestionApplication } from "./application";
import { QuestionExpiry } from "./expiry";
import type { QuestionProps } from "./form-props";
import { QuestionFrom } from "./from";
import { QuestionMore } from "./more";
import { QuestionUse } from "./use";

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
