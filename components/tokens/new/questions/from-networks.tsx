import { Check } from "lucide-react";
import { Chip } from "../../../ui/chip";
import { Icon } from "../../../ui/icon";
import type { QuestionProps } from "./form-props";

/** Named networks: administrators keep their ranges, so a token does not age when an office moves. */
export function FromNetworks({ draft, change, facts }: QuestionProps) {
  const toggle = (name: string) => {
    const has = draft.networks.includes(name);
    change({ networks: has ? draft.networks.filter((each) => each !== name) : [...draft.networks, name] });
  };
  return (
    <fieldset aria-label="Networks" className="mt-2.5 flex flex-wrap gap-1.5">
      {facts.networks.map(({ name, ranges }) => {
        const on = draft.networks.includes(name);
        return (
          <Chip key={name} kind="checkbox" checked={on} onChange={() => toggle(name)}>
            {on && <Icon of={Check} size={14} />}
            {name}
            {ranges && (
              <span className="mono font-normal">
                {ranges[0]}
                {ranges.length > 1 && ` +${ranges.length - 1}`}
              </span>
            )}
          </Chip>
        );
      })}
    </fieldset>
  );
}
