import { defineEvents, event } from "./define";
import { text, when } from "./words";

type Export = {
  readonly format: "csv" | "ndjson";
  readonly filter: { readonly [name: string]: string };
  readonly until: string;
};

/** A check of the whole log: up to which event it fits, and the first that does not. */
type Checked = { readonly through: string; readonly broken: string | null };

/** What can happen to the log itself. */
export const LOG_EVENTS = defineEvents("log", {
  "log.checked": event<null, Checked>(
    ({ after }) =>
      `checked the audit log up to event ${text(after?.through)}: ${when(text(after?.broken), (seq) => `broken at event ${seq}`) || "intact"}`,
  ),
  "log.exported": event<null, Export>(
    ({ after }) => `exported events of the audit log${text(after?.format) === "csv" ? " as CSV" : ""}`,
  ),
});
