"use client";
import Link from "next/link";
import { useState } from "react";
import type { TokenView } from "#lib/tokens/view";
import { StepUp } from "../../account/step-up";
import { FormError } from "../../api/form-error";
import { fieldError } from "../../api/problem";
import { request } from "../../api/request";
import { useSubmit } from "../../api/use-submit";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Note } from "../../ui/note";
import { Status } from "../../ui/status";
import { ago, type Reader } from "../../ui/time-words";
import { actionFacts, NO_ACTIONS } from "../actions/action-facts";
import { RevokeDialog } from "../actions/revoke-dialog";
import { type ApplicationName, applicationWords } from "../token-words";

type Props = { applications: readonly ApplicationName[]; reader: Reader; pasted: string; onClose: () => void };
type Found = { readonly found: boolean; readonly token: TokenView | null };

/** Paste a secret, see whose it is, revoke it. The secret goes into the body of one request and nowhere else. */
export function FindDialog({ applications, reader, pasted, onClose }: Props) {
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  const [found, setFound] = useState<Found | null>(null);
  const [revoking, setRevoking] = useState(false);
  const token = found?.token ?? null;
  if (token !== null && revoking) {
    const facts = actionFacts(token, applicationWords(token.applications, applications));
    const actions = { ...NO_ACTIONS, revoke: true, suspend: token.status !== "suspended" };
    return <RevokeDialog token={facts} actions={actions} reader={reader} onClose={onClose} why="key_compromise" />;
  }
  const over = token !== null && ["revoked", "denied", "expired"].includes(token.status);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Find by secret"
      about="Somebody found a secret? Paste it to see whose it is. It is not kept; the log notes that you looked."
      foot={
        <>
          <Button look="quiet" className="ml-auto" onClick={onClose}>
            Close
          </Button>
          {token !== null && !over && (
            <Button look="danger" onClick={() => setRevoking(true)}>
              Revoke it …
            </Button>
          )}
          <Button type="submit" form="find" look="primary" busy={busy && "Looking …"}>
            Find
          </Button>
        </>
      }
    >
      <form
        id="find"
        ref={form}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const secret = String(new FormData(event.currentTarget).get("secret") ?? "");
          setFound(null);
          void send<Found>(() => request("POST", "/api/v1/admin/tokens/find", { secret }), setFound);
        }}
      >
        <FormError problem={problem?.code === "step_up_required" ? null : problem} shown={["secret"]} />
        <Field id="secret" label="Secret" error={fieldError(problem, "secret")}>
          {(ties) => (
            <Input
              {...ties}
              name="secret"
              mono
              defaultValue={pasted}
              required
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
              data-focus-first=""
            />
          )}
        </Field>
      </form>
      <div role="status">
        {found !== null && token === null && (
          <Note tone="warning">No token has this secret, or none that you manage. It may be cut off or mistyped.</Note>
        )}
        {token !== null && (
          <div className="grid gap-1 rounded-md border border-border bg-surface-2 px-3.5 py-3">
            <span className="flex min-w-0 items-center gap-2">
              <Status status={token.status} />
              <Link prefetch={false} href={`/tokens/${token.id}`} className="truncate font-medium">
                {token.name}
              </Link>
            </span>
            <p className="text-sm text-fg-2">
              It belongs to <b className="font-medium text-fg">{token.owner.username}</b>.{" "}
              {token.lastUsedAt === null
                ? "It was never used."
                : `It was last used ${ago(Date.parse(token.lastUsedAt), reader)}${token.lastUsedIp ? ` from ${token.lastUsedIp}` : ""}.`}{" "}
              {over && "It has ended, so nothing needs to be done."}
            </p>
          </div>
        )}
      </div>
      <StepUp submit={submit} why="Looking up whose a secret is asks for your password again." />
    </Dialog>
  );
}
