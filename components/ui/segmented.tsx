import type { ReactNode } from "react";

type Option = { value: string; label: ReactNode };
type Props = {
  name: string;
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
  describedBy?: string | undefined;
};

/** One of a few plain values (30 days · 90 days · A date). Radios underneath: one tab stop, arrows choose. */
export function Segmented({ name, label, options, value, onChange, describedBy }: Props) {
  return (
    <fieldset
      aria-label={label}
      aria-describedby={describedBy}
      className="inline-flex max-w-full flex-wrap rounded-sm border border-border-control bg-surface"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="inline-flex h-[calc(var(--control)-2px)] items-center gap-1.5 border-border-2 border-l px-[13px] text-sm text-fg-2 first-of-type:rounded-l-[5px] first-of-type:border-l-0 last-of-type:rounded-r-[5px] hover:text-fg has-checked:bg-accent-bg has-checked:font-medium has-checked:text-accent-fg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus max-desk:h-[38px]"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
