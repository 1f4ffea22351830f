import { Button } from "../../../ui/button";
import { Field } from "../../../ui/field";
import { LinesArea } from "../../../ui/lines-area";
import { Note } from "../../../ui/note";
import { partsOf } from "../draft";
import type { QuestionProps } from "./form-props";

/** Ranges typed by hand. One's own address is offered with the warning that it is the browser's. */
export function FromRanges({ draft, change, facts, error }: QuestionProps) {
  const parts = partsOf(draft.ranges);
  const own = facts.address !== "unknown" && !parts.includes(facts.address);
  return (
    <div className="mt-2.5 grid gap-2.5">
      <Field id="ranges" label="Address ranges" hint="One a line: 192.0.2.7, 10.20.4.0/24, 2001:db8::/48">
        {(ties) => (
          <LinesArea
            {...ties}
            aria-invalid={error("ipRanges") ? true : undefined}
            maxLength={1000}
            required
            value={draft.ranges}
            onChange={(event) => change({ ranges: event.target.value })}
          />
        )}
      </Field>
      {own && (
        <div>
          <Button size="sm" onClick={() => change({ ranges: [...parts, facts.address].join("\n") })}>
            Add my address, {facts.address}
          </Button>
        </div>
      )}
      {parts.includes(facts.address) && (
        <Note tone="warning">{facts.address} is your browser’s address, not that of Zapier or a build server.</Note>
      )}
    </div>
  );
}
