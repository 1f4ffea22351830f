"use client";
import { ArrowDown, ArrowUp, Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { TiersFacts } from "#lib/policies/queries-tiers";
import type { PolicyView } from "#lib/policies/view";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { ButtonLink } from "../ui/button-link";
import { Icon } from "../ui/icon";
import { notify } from "../ui/notify";
import type { Reader } from "../ui/time-words";
import { useHydrated } from "../ui/use-hydrated";
import { BeforeYouSave } from "./before-you-save";
import { TierNumber } from "./tier-number";
import { membersInWords, reachInWords, tierSentence } from "./tier-words";
import { useConsidered } from "./use-considered";

type Tier = TiersFacts["tiers"][number];
type Props = { tiers: readonly Tier[]; mayWrite: boolean; reader: Reader };

// at the ends an arrow does nothing, but keeps the focus of who has just come there
const MOVE =
  "grid size-7 place-items-center rounded-sm text-fg-3 hover:bg-hover hover:text-fg disabled:text-fg-disabled aria-disabled:text-fg-disabled max-desk:size-9";

/** Tiers from the top, one sentence each. They are put in order by dragging, or by their two arrows. */
export function TierList({ tiers, mayWrite, reader }: Props) {
  const { refresh } = useRouter();
  const hydrated = useHydrated();
  const [dragged, setDragged] = useState<string | null>(null);
  const considering = useConsidered<PolicyView>(reader.now);
  const { submit, consider, impact } = considering;
  /** Puts a tier where another stands now; the end of the list is beyond the last. */
  const moveTo = (tier: Tier, index: number) => {
    const from = tiers.indexOf(tier);
    const above = tiers[index > from ? index + 1 : index]?.id ?? null;
    if (index === from || index < 0 || index >= tiers.length) return;
    consider({
      draft: { change: "policy.move", id: tier.id, above },
      save: (considered) =>
        request("POST", `/api/v1/policies/${tier.id}/move`, { version: tier.version, above, ...considered }),
      done: () => {
        notify({ tone: "done", text: `Moved ${tier.name} to place ${index + 1}.` });
        refresh();
      },
    });
  };
  return (
    <div
      className={
        impact === null ? "" : "grid grid-cols-[minmax(0,1fr)] items-start gap-6 desk:grid-cols-[minmax(0,1fr)_376px]"
      }
    >
      <div>
        {impact === null && <FormError problem={submit.problem} shown={[]} />}
        <ol className="rounded-lg border border-border bg-surface">
          {tiers.map((tier, index) => (
            <li
              key={tier.id}
              draggable={mayWrite}
              onDragStart={() => setDragged(tier.id)}
              onDragOver={(event) => dragged !== null && event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                const moved = tiers.find(({ id }) => id === dragged);
                setDragged(null);
                if (moved) moveTo(moved, index);
              }}
              className={`flex items-start gap-2.5 border-border border-b px-3 py-2.5 last:border-b-0 ${dragged === tier.id ? "opacity-60" : ""}`}
            >
              {mayWrite && (
                <span className="-my-1 flex flex-none max-desk:flex-col">
                  <button
                    type="button"
                    className={MOVE}
                    disabled={!hydrated}
                    aria-disabled={index === 0 || undefined}
                    aria-label={`Move ${tier.name} up`}
                    onClick={() => moveTo(tier, index - 1)}
                  >
                    <Icon of={ArrowUp} size={14} />
                  </button>
                  <button
                    type="button"
                    className={MOVE}
                    disabled={!hydrated}
                    aria-disabled={index === tiers.length - 1 || undefined}
                    aria-label={`Move ${tier.name} down`}
                    onClick={() => moveTo(tier, index + 1)}
                  >
                    <Icon of={ArrowDown} size={14} />
                  </button>
                </span>
              )}
              <TierNumber place={index + 1} />
              <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                <p className="text-pretty text-fg-2">
                  <b className="font-semibold text-fg">{tier.name}</b> {membersInWords(tier.members)}{" "}
                  {tierSentence(tier)}
                </p>
                <p className="mt-0.5 text-sm text-fg-3 tabular-nums">{reachInWords(tier.reach)}</p>
              </div>
              <ButtonLink
                look="quiet"
                size="sm"
                href={`/admin/policies/${tier.id}`}
                aria-label={`${mayWrite ? "Edit" : "Look at"} ${tier.name}`}
              >
                <Icon of={Pencil} />
              </ButtonLink>
            </li>
          ))}
        </ol>
      </div>
      <BeforeYouSave considering={considering} reader={reader} verb="Move" />
    </div>
  );
}
