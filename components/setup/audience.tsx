import { ChoiceCard } from "../ui/choice-card";
import { FieldError } from "../ui/field";

/** Whom the first tier is for. Both answers can be changed later. */
export function Audience({ error }: { error: string | undefined }) {
  return (
    <fieldset
      className="border-border border-t px-[22px] py-5 max-desk:p-4"
      aria-describedby={error ? "audience-error" : undefined}
    >
      <legend className="float-left mb-2.5 w-full text-md font-semibold">Who may have tokens?</legend>
      <div className="clear-both grid gap-2">
        <ChoiceCard name="audience" value="group" defaultChecked title="Members of api-users">
          Read and write, up to 90 days. The group is made for you, empty.{" "}
          <span className="font-medium text-accent-fg">Recommended</span>
        </ChoiceCard>
        <ChoiceCard name="audience" value="everyone-read" title="Everyone, only to read">
          Anyone who can sign in, up to 90 days
        </ChoiceCard>
      </div>
      {error && <FieldError id="audience-error">{error}</FieldError>}
    </fieldset>
  );
}
