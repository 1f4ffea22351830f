"use client";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { offerSecret, secretIn } from "../tokens/manager/pasted-secret";
import { Dialog } from "../ui/dialog";
import { GoalGroup } from "./goal-group";
import { type Goal, LEAST, mayBeAsked, pagesNamed, type Seeker } from "./sought";
import { useFound } from "./use-found";

type Props = {
  seeker: Seeker;
  pages: readonly Goal[];
  /** Takes a secret that somebody pasted; null where they could not look up whose it is. */
  onSecret: ((secret: string) => void) | null;
  onClose: () => void;
};

const NOT_SENT = "That looks like a secret, or a piece of one. It was not sent anywhere.";

/** Goes to a page, or finds a token, a person, a group, an application by name. Arrows choose, Enter goes. */
export function Palette({ seeker, pages, onSecret, onClose }: Props) {
  const [typed, setTyped] = useState("");
  const [kept, setKept] = useState(false);
  const { push } = useRouter();
  const { goals, busy, failed } = useFound(typed, seeker);
  const named = pagesNamed(pages, typed);
  const count = named.length + goals.reduce((sum, each) => sum + each.goals.length, 0);
  const go = (href: string) => {
    onClose();
    push(href);
  };
  const take = (value: string) => {
    const secret = secretIn(value);
    setKept(secret !== null || !mayBeAsked(value));
    if (secret === null) {
      setTyped(value);
      return;
    }
    setTyped("");
    if (offerSecret(secret)) onClose();
    else onSecret?.(secret);
  };
  const said = failed
    ? "The search does not answer. Pages can still be chosen."
    : busy
      ? "Looking …"
      : count === 0
        ? "Nothing has this name."
        : typed.trim().length < LEAST
          ? ""
          : `${count} found.`;
  return (
    <Dialog open onOpenChange={onClose} title="Go to, or find">
      <Command label="Go to, or find" shouldFilter={false} loop className="grid min-h-0 gap-2">
        <Command.Input
          value={typed}
          onValueChange={take}
          data-focus-first=""
          maxLength={300}
          autoComplete="off"
          spellCheck={false}
          placeholder={
            seeker.role === "user" ? "A page, a token" : "A page, a token, a person, a group, an application"
          }
          className="h-(--control) w-full rounded-sm border border-border-control bg-surface px-3 text-fg placeholder:text-fg-3 max-desk:h-11"
        />
        <p role="status" className="min-h-5 text-sm text-fg-2">
          {kept ? NOT_SENT : said}
        </p>
        <Command.List className="max-h-[min(380px,50dvh)] overflow-y-auto" aria-label="Found">
          <GoalGroup title="Pages" goals={named} go={go} />
          {goals.map((each) => (
            <GoalGroup key={each.title} {...each} go={go} />
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
