import { defineEvents, event } from "./define";
import { text } from "./words";

type Export = {
  readonly format: "csv" | "ndjson";
  readonly filter: { readonly [name: string]: string };
  readonly until: string;
};

/** What can happen to the log itself. */
export const LOG_EVENTS = defineEvents("log", {
  "log.exported": event<null, Export>(
    ({ after }) => `exported events of the audit log${text(after?.format) === "csv" ? " as CSV" : ""}`,
  ),
});
