"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { type Notice, onNotice } from "./notify";

const Toasts = dynamic(() => import("./toasts").then((module) => module.Toasts), { ssr: false });

/** Waits for the first notice before it loads what draws them: most pages never need it. */
export function Toaster() {
  const [first, setFirst] = useState<Notice | null>(null);
  useEffect(() => (first ? undefined : onNotice(setFirst)), [first]);
  return first && <Toasts first={first} />;
}
