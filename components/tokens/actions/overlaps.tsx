import { OVERLAPS } from "../token-words";

type Props = { value: string; onChange: (value: string) => void; expiresAt: string | null };

/** How long the old secret keeps working beside the new one. */
export function Overlaps({ value, onChange, expiresAt }: Props) {
  return (
    <fieldset aria-label="How long the old secret works" className="grid gap-0.5">
      {OVERLAPS.map((each) => (
        <label
          key={each.value}
          className="flex min-h-8 items-center gap-2.5 rounded-sm px-2 py-1 hover:bg-raised-hover has-focus-visible:outline-2 has-focus-visible:outline-focus max-desk:min-h-11"
        >
          <input
            type="radio"
            name="overlap"
            value={each.value}
            checked={value === each.value}
            onChange={() => onChange(each.value)}
            className="size-4 flex-none appearance-none rounded-full border border-border-control bg-surface outline-none checked:border-[5px] checked:border-accent"
          />
          {each.label}
          {each.value === "first-use" && <span className="text-xs font-medium text-accent-fg">Recommended</span>}
        </label>
      ))}
      {expiresAt !== null && <p className="px-2 pt-1 text-xs text-fg-3">Never past the old one’s own end.</p>}
    </fieldset>
  );
}
