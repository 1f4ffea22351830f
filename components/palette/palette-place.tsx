"use client";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { onPaletteAsked } from "./opening";
import type { Goal, Seeker } from "./sought";

// Nothing of it is loaded before somebody asks for it.
const Palette = dynamic(() => import("./palette").then((module) => module.Palette), { ssr: false });
const FoundSecret = dynamic(() => import("./found-secret").then((module) => module.FoundSecret), { ssr: false });

type Shown = { readonly what: "nothing" | "palette" } | { readonly what: "secret"; readonly secret: string };
const NOTHING: Shown = { what: "nothing" };

/** Where the palette appears, once in every page; a secret that is pasted into it goes to *Find by secret*. */
export function PalettePlace({ seeker, pages }: { seeker: Seeker; pages: readonly Goal[] }) {
  const [shown, setShown] = useState<Shown>(NOTHING);
  useEffect(() => onPaletteAsked(() => setShown({ what: "palette" })), []);
  const close = () => setShown(NOTHING);
  const finds = seeker.role !== "user" || seeker.manages;
  if (shown.what === "secret") return <FoundSecret secret={shown.secret} onClose={close} />;
  if (shown.what === "nothing") return null;
  return (
    <Palette
      seeker={seeker}
      pages={pages}
      onSecret={finds ? (secret) => setShown({ what: "secret", secret }) : null}
      onClose={close}
    />
  );
}
