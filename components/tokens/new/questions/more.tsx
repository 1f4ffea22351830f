import { Disclosure } from "../../../ui/disclosure";
import { Field } from "../../../ui/field";
import { Input } from "../../../ui/input";
import { RestrictionFields } from "../../restrictions/fields";
import { RESTRICTION_FIELDS } from "../../restrictions/typed";
import { partsOf } from "../draft";
import type { QuestionProps } from "./form-props";

/** What few tokens need. Folded, and the fold says what is set. */
export function QuestionMore({ draft, change, facts, reader, error }: QuestionProps) {
  const required = facts.limits?.requireContact ?? false;
  const labels = partsOf(draft.labels).length;
  const { narrowing } = draft;
  const most = facts.limits?.maxRatePerMinute ?? null;
  const set = [
    draft.contact.trim() && "contact",
    labels > 0 && (labels === 1 ? "1 label" : `${labels} labels`),
    narrowing.paths.trim() && "paths",
    narrowing.headers.trim() && "headers",
    narrowing.days.length > 0 && "times",
    narrowing.perMinute && "rate",
  ].filter(Boolean);
  const wrong = ["labels", "contact", ...RESTRICTION_FIELDS].some((path) => error(path) !== undefined);
  const contact = (
    <Field
      id="contact"
      label="Contact"
      optional={!required}
      error={error("contact")}
      hint="Whom to call when it misbehaves: a person or a team"
    >
      {(ties) => (
        <Input
          {...ties}
          value={draft.contact}
          onChange={(event) => change({ contact: event.target.value })}
          required={required}
          maxLength={100}
          autoComplete="off"
        />
      )}
    </Field>
  );
  const more = (
    <div className="grid gap-3 pb-2 desk:grid-cols-2">
      {!required && contact}
      <Field id="labels" label="Labels" optional error={error("labels")} hint="Separated by commas, to find it again">
        {(ties) => (
          <Input
            {...ties}
            value={draft.labels}
            onChange={(event) => change({ labels: event.target.value })}
            maxLength={400}
            autoComplete="off"
          />
        )}
      </Field>
      <RestrictionFields
        typed={{ ...narrowing, zone: narrowing.zone || reader.zone }}
        change={(patch) => change({ narrowing: { ...narrowing, ...patch } })}
        error={error}
        rateHint={
          most === null ? "Empty: not limited" : `Empty: the highest you may have, ${most.toLocaleString("en")}`
        }
      />
    </div>
  );
  return (
    <>
      {required && <div className="mb-[26px] pl-9 max-desk:pl-8">{contact}</div>}
      <Disclosure
        plain
        open={wrong ? true : undefined}
        title={
          <>
            <b className="font-semibold text-fg">More</b>{" "}
            <span className="pl-1 text-sm">
              {required ? "Labels" : "Contact, labels"}, paths, headers, times, rate.{" "}
              {set.length > 0 ? `Set: ${set.join(", ")}.` : "Nothing set."}
            </span>
          </>
        }
      >
        {more}
      </Disclosure>
    </>
  );
}
