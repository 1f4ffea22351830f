"use client";
import { useState } from "react";
import { signOut } from "../sign-in/session";

/** Ends the session at the server, then shows the door. */
export function useSignOut(): { words: string; busy: boolean; leave: () => void } {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const leave = async () => {
    if (state === "busy") return;
    setState("busy");
    if (await signOut()) location.assign("/sign-in");
    else setState("failed");
  };
  const words = state === "failed" ? "Not signed out. Try again" : state === "busy" ? "Signing out …" : "Sign out";
  return { words, busy: state === "busy", leave: () => void leave() };
}
