"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { TokenView } from "#lib/tokens/view";
import { StepUp } from "../../account/step-up";
import { FormError } from "../../api/form-error";
import { request } from "../../api/request";
import { useSubmit } from "../../api/use-submit";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { SecretOnce } from "../secret/secret-once";
import { Waiting } from "../secret/waiting";
import type { ActionFacts } from "./action-facts";
import { Overlaps } from "./overlaps";

type Props = { token: ActionFacts; base: string; onClose: () => void };
type Rotated = { token: TokenView; secret: string };

/** A new secret with the same properties. The page is drawn anew only after this closes: it shows a secret. */
export function RotateDialog({ token, base, onClose }: Props) {
  const { refresh } = useRouter();
  const [overlap, setOverlap] = useState("first-use");
  const [rotated, setRotated] = useState<Rotated | null>(null);
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  const leave = () => {
    onClose();
    if (rotated) refresh();
  };
  const rotate = () =>
    send(
      () => request<Rotated>("POST", `/api/v1/tokens/${encodeURIComponent(token.id)}/rotate`, { overlap }),
      setRotated,
    );
  const foot = rotated ? (
    <Button className="ml-auto" onClick={leave}>
      Done
    </Button>
  ) : (
    <>
      <Button look="quiet" className="ml-auto" onClick={leave}>
        Keep the secret
      </Button>
      <Button type="submit" form="rotate" look="primary" data-focus-first="" busy={busy && "Rotating …"}>
        Rotate
      </Button>
    </>
  );
  const title = rotated ? `New secret of “${token.name}”` : `Rotate “${token.name}”?`;
  return (
    // while the secret shows, a press beside the dialog must not lose it
    <Dialog
      open
      onOpenChange={leave}
      role={rotated ? "alertdialog" : "dialog"}
      title={title}
      about={<span className="mono">{rotated?.token.hint ?? token.hint}</span>}
      foot={foot}
    >
      {rotated ? (
        <>
          <SecretOnce facts={{ base, username: token.owner.username, secret: rotated.secret }} />
          <Waiting tokenId={rotated.token.id} doNow="Put the new secret where the old one was" />
        </>
      ) : (
        <form
          id="rotate"
          ref={form}
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void rotate();
          }}
        >
          <FormError problem={problem} shown={[]} />
          <p className="text-fg-2">You get a new secret with the same rights. How long may the old one go on?</p>
          <Overlaps value={overlap} onChange={setOverlap} expiresAt={token.expiresAt} />
          <StepUp submit={submit} why="A new secret can do what the old one can." />
        </form>
      )}
    </Dialog>
  );
}
