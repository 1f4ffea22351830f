import { LATCHKEY } from "#lib/applications/application";
import { Chip } from "../../../ui/chip";
import type { ApplicationName } from "../../token-words";
import type { QuestionProps } from "./form-props";

/** Which of them, or all: *all* means those added later too, and never this portal itself. */
export function SeveralApplications({
  draft,
  change,
  facts,
  reachable,
}: QuestionProps & { reachable: readonly ApplicationName[] }) {
  const all = draft.applications === "all";
  const chosen = draft.applications === "all" ? [] : draft.applications;
  const toggle = (key: string) =>
    change({ applications: chosen.includes(key) ? chosen.filter((each) => each !== key) : [...chosen, key] });
  return (
    <fieldset aria-label="Applications" className="mt-2.5 flex flex-wrap gap-1.5">
      {facts.limits?.applications === "all" && (
        <Chip kind="checkbox" checked={all} onChange={() => change({ applications: all ? [] : "all" })}>
          All, also those added later
        </Chip>
      )}
      {!all &&
        reachable
          .filter(({ key }) => key !== LATCHKEY || chosen.includes(key))
          .map(({ key, name }) => (
            <Chip key={key} kind="checkbox" checked={chosen.includes(key)} onChange={() => toggle(key)}>
              {name}
            </Chip>
          ))}
    </fieldset>
  );
}
