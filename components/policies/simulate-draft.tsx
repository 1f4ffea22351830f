"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { LimitsFormFacts } from "#lib/policies/queries-tiers";
import { Button } from "../ui/button";

const Simulator = dynamic(() => import("./simulator").then((module) => module.Simulator), { ssr: false });

/** Tries a tier before it is saved: what would it say to whom? Loaded only for who wants to know. */
export function SimulateDraft({ offered, draftOf }: { offered: LimitsFormFacts; draftOf: () => object | null }) {
  const [open, setOpen] = useState(false);
  return (
    <section aria-label="Try it" className="mt-6 border-border border-t pt-5">
      {open ? (
        <>
          <h2 className="mb-3">Try it before it is saved</h2>
          <Simulator applications={offered.applications} draftOf={draftOf} />
        </>
      ) : (
        <Button onClick={() => setOpen(true)}>Simulate this draft</Button>
      )}
    </section>
  );
}
