"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Pending } from "#lib/tokens/made";
import { StepUp } from "../../account/step-up";
import { FormError } from "../../api/form-error";
import { request } from "../../api/request";
import { useSubmit } from "../../api/use-submit";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import type { Reader } from "../../ui/time-words";
import { LinkOnce } from "../claim/link-once";
import type { ActionFacts } from "./action-facts";

/** Makes a new claim link for a token that waits for its secret, and shows it once. */
export function LinkDialog({ token, reader, onClose }: { token: ActionFacts; reader: Reader; onClose: () => void }) {
  const { refresh } = useRouter();
  const submit = useSubmit();
  const [claim, setClaim] = useState<Pending["claim"] | null>(null);
  const leave = () => {
    onClose();
    if (claim !== null) refresh();
  };
  const path = `/api/v1/admin/tokens/${encodeURIComponent(token.id)}/claim` as const;
  const made = claim !== null;
  const foot = made ? (
    <Button className="ml-auto" onClick={leave}>
      I have copied it
    </Button>
  ) : (
    <>
      <Button look="quiet" className="ml-auto" onClick={leave}>
        Leave it
      </Button>
      <Button type="submit" form="new-link" look="primary" busy={submit.busy && "Making …"}>
        Make a new link
      </Button>
    </>
  );
  return (
    <>
      <Dialog open onOpenChange={leave} title={made ? "The new link" : `A new link for “${token.name}”?`} foot={foot}>
        {made ? (
          <LinkOnce claim={claim} opener={`${token.owner.username}, or who maintains that account`} reader={reader} />
        ) : (
          <form
            id="new-link"
            ref={submit.form}
            className="grid gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              void submit.send(
                () => request<Pending>("POST", path, {}),
                (answer) => setClaim(answer.claim),
              );
            }}
          >
            <FormError problem={submit.problem} shown={[]} />
            <p className="text-pretty text-fg-2">
              A link sent before works no more. The new one opens once, for {token.owner.username}
              {" (of a service account: for a maintainer)"}, for seven days.
            </p>
          </form>
        )}
      </Dialog>
      <StepUp submit={submit} why={`A link opens a token in the name of ${token.owner.username}.`} />
    </>
  );
}
