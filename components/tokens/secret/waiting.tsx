"use client";
import { Check, ShieldX, X } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../../ui/icon";
import { TextLink } from "../../ui/text-link";
import { useFirstUse } from "./use-first-use";

/**
 * Waits, in one place: the pulse becomes a green tick with the first allowed request; a refused one says what to do,
 * and a red cross that the token ended before.
 */
export function Waiting({ tokenId, doNow }: { tokenId: string; doNow: string }) {
  const { state, address, said, seconds, asks } = useFirstUse(tokenId);
  return (
    <section
      aria-label="First request"
      className="flex items-center gap-3.5 rounded-lg border border-border bg-surface px-[18px] py-4"
    >
      <div role="status" className="flex min-w-0 flex-1 items-center gap-3.5">
        {state === "waiting" && asks && (
          <Line disc={<Pulse />} title="Waiting for the first request …">
            {doNow}; this turns green as soon as it arrives. You can leave, we remember.
            {seconds >= 60 && (
              <>
                {" "}
                <TextLink href="/help/refusals" target="_blank">
                  Was it refused?
                </TextLink>
              </>
            )}
          </Line>
        )}
        {state === "waiting" && !asks && (
          <Line disc={<Pulse />} title="No request yet">
            We stopped looking; the list of your tokens tells when one comes.
          </Line>
        )}
        {state === "refused" && (
          <Line
            disc={<Disc look="bg-warning-bg text-warning-fg" icon={<Icon of={ShieldX} />} />}
            title="A request came and was refused"
          >
            {said} {asks && "This turns green at the first request that is allowed. "}
            <TextLink href="/help/refusals" target="_blank">
              Why was I refused?
            </TextLink>
          </Line>
        )}
        {state === "works" && (
          <Line disc={<Disc look="bg-success-bg text-success-fg" icon={<Icon of={Check} />} />} title="It works">
            The first request came{address ? " from " : ""}
            {address && <span className="mono">{address}</span>} and was allowed.
          </Line>
        )}
        {state === "ended" && (
          <Line
            disc={<Disc look="bg-danger-bg text-danger-fg" icon={<Icon of={X} />} />}
            title="It can no longer be used"
          >
            The token was ended or suspended before its first request.
          </Line>
        )}
      </div>
      {asks && <Clock seconds={seconds} />}
    </section>
  );
}

function Line({ disc, title, children }: { disc: ReactNode; title: string; children: ReactNode }) {
  return (
    <>
      {disc}
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        <p className="text-sm text-fg-2">{children}</p>
      </div>
    </>
  );
}

const Disc = ({ look, icon }: { look: string; icon: ReactNode }) => (
  <span className={`grid size-8 flex-none place-items-center rounded-full ${look}`}>{icon}</span>
);

const Pulse = () => (
  <Disc
    look="bg-st-pending-bg"
    icon={
      <i className="size-2.5 animate-breathe rounded-full bg-st-pending-dot shadow-[0_0_0_5px_color-mix(in_srgb,var(--st-pending-dot)_25%,transparent)]" />
    }
  />
);

/** Not read out: a screen reader would never stop. */
function Clock({ seconds }: { seconds: number }) {
  return (
    <span aria-hidden="true" className="text-xs tabular-nums text-fg-3">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
    </span>
  );
}
