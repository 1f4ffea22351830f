"use client";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { signOut } from "../sign-in/session";
import { Icon } from "../ui/icon";

/** Ends the session at the server, then shows the door. */
export function SignOut() {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  return (
    <button
      type="button"
      aria-busy={state === "busy" || undefined}
      onClick={async () => {
        setState("busy");
        if (await signOut()) location.assign("/sign-in");
        else setState("failed");
      }}
      className="flex h-8 w-full items-center gap-[9px] rounded-xs px-2 text-left hover:bg-raised-hover max-desk:h-11"
    >
      <Icon of={LogOut} size={14} />
      {state === "failed" ? "Not signed out. Try again" : state === "busy" ? "Signing out …" : "Sign out"}
    </button>
  );
}
