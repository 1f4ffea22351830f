"use client";
import { Fingerprint } from "lucide-react";
import { useEffect, useState } from "react";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { signWithPasskey } from "../factors/passkey";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { ConfirmFields } from "./confirm-fields";
import type { Ways } from "./ways";

type Props = { why: string; onConfirmed: () => void; onClose: () => void };

/** Until the server has said otherwise: what nearly everybody has. */
const USUAL: Ways = { password: true, code: false, options: null };

const PATH = "/api/v1/me/step-up";

/** Once more who it is, before what would do the most harm in foreign hands. Then it goes on by itself. */
export function ConfirmDialog({ why, onConfirmed, onClose }: Props) {
  const [ways, setWays] = useState(USUAL);
  const { busy, problem, form, send } = useSubmit();
  useEffect(() => {
    void request<Ways>("POST", `${PATH}/options`, {}).then((answer) => answer.ok && setWays(answer.value));
  }, []);
  const byPasskey = async () => {
    // a challenge is good once: each press asks for one
    const asked = await request<Ways>("POST", `${PATH}/options`, {});
    if (!asked.ok) return asked;
    const signed = await signWithPasskey(asked.value.options ?? {});
    return signed.ok ? request("POST", PATH, { passkey: signed.value }) : signed;
  };
  const typing = ways.password || ways.code;
  const foot = (
    <>
      <Button look="quiet" className="ml-auto" onClick={onClose}>
        Not now
      </Button>
      {typing ? (
        <Button type="submit" form="confirm" look="primary" busy={busy && "Confirming …"}>
          Confirm
        </Button>
      ) : (
        <Button look="primary" onClick={onConfirmed}>
          I have signed in again
        </Button>
      )}
    </>
  );
  return (
    <Dialog open onOpenChange={onClose} title="Confirm that it is you" about={why} foot={foot}>
      <form
        id="confirm"
        ref={form}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          // a dialog of its own: what is typed here is not part of the form behind it
          event.stopPropagation();
          const data = new FormData(event.currentTarget);
          const text = (name: string) => String(data.get(name) ?? "");
          const shown = data.has("code") ? { code: text("code") } : { password: text("password") };
          void send(() => request("POST", PATH, shown), onConfirmed);
        }}
      >
        <FormError problem={problem} shown={["password", "code"]} />
        {typing ? (
          <ConfirmFields ways={ways} problem={problem} />
        ) : (
          <p className="text-fg-2">
            <a href="/sign-in?again=1" target="_blank" rel="noreferrer" className="underlined">
              Sign in again in another tab
            </a>
            , then come back: what you typed is still here.
          </p>
        )}
        {ways.options !== null && (
          <Button className="justify-self-start" disabled={busy} onClick={() => void send(byPasskey, onConfirmed)}>
            <Icon of={Fingerprint} />
            Use your passkey instead
          </Button>
        )}
      </form>
    </Dialog>
  );
}
