"use client";
import { Ban, Link2, Pause, Pencil, Play, RefreshCw } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Button } from "../../ui/button";
import type { ButtonLook } from "../../ui/button-class";
import { ButtonLink } from "../../ui/button-link";
import { Icon } from "../../ui/icon";
import { notify } from "../../ui/notify";
import type { Reader } from "../../ui/time-words";
import type { ActionFacts, Actions } from "./action-facts";
import { useAction } from "./use-action";

// loaded when somebody is about to need them: the list stays light
const loadRevoke = () => import("./revoke-dialog").then((module) => module.RevokeDialog);
const loadSuspend = () => import("./suspend-dialog").then((module) => module.SuspendDialog);
const loadRotate = () => import("./rotate-dialog").then((module) => module.RotateDialog);
const Revoke = dynamic(loadRevoke, { ssr: false });
const Suspend = dynamic(loadSuspend, { ssr: false });
const loadLink = () => import("./link-dialog").then((module) => module.LinkDialog);
const Link = dynamic(loadLink, { ssr: false });
const Rotate = dynamic(loadRotate, { ssr: false });

type Props = { token: ActionFacts; actions: Actions; reader: Reader; base?: string; place: "row" | "note" | "page" };

/** The buttons beside a token. In rows they are quiet, in the note under a row they are
 * the remedy, on its own page they stand in the head. */
export function TokenActions({ token, actions, reader, base = "", place }: Props) {
  const [open, setOpen] = useState<"rotate" | "suspend" | "revoke" | "link" | null>(null);
  const close = () => setOpen(null);
  const row = place !== "page";
  const look: ButtonLook = { look: place === "row" ? "quiet" : "secondary", size: row ? "sm" : "md" };
  const named = (verb: string) => (row ? `${verb} ${token.name}` : undefined);
  const icon = row ? 14 : 16;
  // three buttons and the help fit 360 px without icons
  const onPhone = row ? "" : "max-desk:hidden";
  return (
    <>
      {actions.edit && !row && (
        <ButtonLink {...look} href={`/tokens/${token.id}/edit`}>
          <Icon of={Pencil} className={onPhone} />
          Edit
        </ButtonLink>
      )}
      {actions.rotate && (
        <Button {...look} aria-label={named("Rotate")} onPointerEnter={loadRotate} onClick={() => setOpen("rotate")}>
          <Icon of={RefreshCw} size={icon} className={onPhone} />
          Rotate
        </Button>
      )}
      {actions.link && (
        <Button {...look} aria-label={named("New link for")} onPointerEnter={loadLink} onClick={() => setOpen("link")}>
          <Icon of={Link2} size={icon} className={onPhone} />
          New link
        </Button>
      )}
      {actions.suspend && !row && (
        <Button {...look} onPointerEnter={loadSuspend} onClick={() => setOpen("suspend")}>
          <Icon of={Pause} className={onPhone} />
          {token.status === "suspended" ? "Suspend too" : "Suspend"}
        </Button>
      )}
      {actions.resume && <Resume token={token} reader={reader} look={look} name={named("Resume")} />}
      {actions.revoke && (
        <Button
          {...look}
          look={row ? "quiet-red" : "secondary-red"}
          aria-label={named("Revoke")}
          onPointerEnter={loadRevoke}
          onClick={() => setOpen("revoke")}
        >
          {!row && <Icon of={Ban} className={onPhone} />}
          Revoke
        </Button>
      )}
      {open === "rotate" && <Rotate token={token} base={base} onClose={close} />}
      {open === "suspend" && <Suspend token={token} reader={reader} onClose={close} />}
      {open === "link" && <Link token={token} reader={reader} onClose={close} />}
      {open === "revoke" && <Revoke token={token} actions={actions} reader={reader} onClose={close} />}
    </>
  );
}

/** Resuming asks nothing: it can be undone in a moment. A refusal is said where one looks, and can be tried again. */
function Resume({
  token,
  reader,
  look,
  name,
}: {
  token: ActionFacts;
  reader: Reader;
  look: ButtonLook;
  name: string | undefined;
}) {
  const { act, busy, problem } = useAction(token.id, reader, () => {});
  useEffect(() => {
    if (problem) notify({ tone: "failed", text: problem.detail });
  }, [problem]);
  return (
    <Button {...look} aria-label={name} busy={busy === "resume" && "Resuming …"} onClick={() => act("resume")}>
      <Icon of={Play} size={look.size === "sm" ? 14 : 16} />
      Resume
    </Button>
  );
}
