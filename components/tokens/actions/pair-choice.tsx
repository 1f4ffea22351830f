import type { ActionFacts } from "./action-facts";

type Props = { pair: NonNullable<ActionFacts["pair"]>; only: boolean; onChange: (only: boolean) => void };

const LABELS = {
  old: { both: "The new secret too: nothing goes on", only: "Only this old secret; the new one goes on" },
  new: { both: "The old secret too, if it still works", only: "Only this new secret" },
} as const;

/** A rotated token has two secrets for a while. Ending both is the preset: it is what *revoke* means to people. */
export function PairChoice({ pair, only, onChange }: Props) {
  return (
    <fieldset className="grid gap-0.5">
      <legend className="mb-1 text-sm font-medium">It was rotated. Revoke</legend>
      {(["both", "only"] as const).map((which) => (
        <label
          key={which}
          className="flex min-h-7 items-center gap-2.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-focus max-desk:min-h-11"
        >
          <input
            type="radio"
            name="pair"
            checked={only === (which === "only")}
            onChange={() => onChange(which === "only")}
            className="size-4 flex-none appearance-none rounded-full border border-border-control bg-surface outline-none checked:border-[5px] checked:border-accent"
          />
          {LABELS[pair][which]}
        </label>
      ))}
    </fieldset>
  );
}
