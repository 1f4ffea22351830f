"use client";
import { LogOut } from "lucide-react";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { useHydrated } from "../ui/use-hydrated";
import { useSignOut } from "./use-sign-out";

/** In the menu at one's name. */
export function SignOut() {
  const { words, busy, leave } = useSignOut();
  return (
    <button
      type="button"
      disabled={!useHydrated()}
      aria-busy={busy || undefined}
      onClick={leave}
      className="flex h-8 w-full items-center gap-[9px] rounded-xs px-2 text-left hover:bg-raised-hover max-desk:h-11"
    >
      <Icon of={LogOut} size={14} />
      {words}
    </button>
  );
}

/** On the account's page. */
export function SignOutButton() {
  const { words, busy, leave } = useSignOut();
  return (
    <Button onClick={leave} busy={busy && words}>
      <Icon of={LogOut} />
      {words}
    </Button>
  );
}
