"use client";
import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { GatewayView } from "#lib/gateways/view";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { exactly, type Reader } from "../ui/time-words";
import { SecretOfGateway } from "./secret-of-gateway";

type Made = GatewayView & { readonly secret: string };

/** Gives the gateway a new secret after asking; shows it in the same dialog, once. */
export function RotateSecret({ gateway, reader }: { gateway: GatewayView; reader: Reader }) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const { refresh } = useRouter();
  const submit = useSubmit();
  const { busy, problem, form, send, refuse } = submit;
  const leave = () => {
    setOpen(false);
    refuse(null);
    if (made !== null) refresh();
    setMade(null);
  };
  const foot =
    made === null ? (
      <>
        <Button look="quiet" className="ml-auto" data-focus-first="" onClick={leave}>
          Cancel
        </Button>
        <Button type="submit" form="rotate-secret" look="primary" busy={busy && "Rotating …"}>
          Rotate
        </Button>
      </>
    ) : (
      <Button className="ml-auto" onClick={leave}>
        I have it
      </Button>
    );
  const title = made === null ? `Give ${gateway.key} a new secret?` : `The new secret of ${gateway.key}`;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon of={RefreshCw} />
        Rotate secret
      </Button>
      <Dialog open={open} onOpenChange={leave} title={title} foot={foot}>
        {made === null ? (
          <form
            id="rotate-secret"
            ref={form}
            className="grid gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              void send<Made>(() => request("POST", `/api/v1/gateways/${gateway.id}/rotate-secret`, {}), setMade);
            }}
          >
            <FormError problem={problem} shown={[]} />
            <p className="text-pretty text-fg-2">
              The one that it has keeps working for 24 hours, so that there is time to change the configuration.
              {gateway.previousUntil && " The one before it stops at once."}
            </p>
          </form>
        ) : (
          <div className="grid gap-3">
            <SecretOfGateway secret={made.secret} adapter={made.adapter} />
            {made.previousUntil && (
              <p className="text-sm text-fg-2">
                The old one works until {exactly(Date.parse(made.previousUntil), reader)}.
              </p>
            )}
          </div>
        )}
        <StepUp submit={submit} why="A gateway’s secret lets it ask whether requests pass." />
      </Dialog>
    </>
  );
}
