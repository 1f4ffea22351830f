"use client";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { LimitsFormFacts } from "#lib/policies/queries-tiers";
import { KeptForm } from "../api/kept";
import { Button } from "../ui/button";

const Simulator = dynamic(() => import("./simulator").then((module) => module.Simulator), { ssr: false });

/** Tries a tier before it is saved: what would it say to whom? Loaded only for who wants to know. */
export function SimulateDraft({ offered, draftOf }: { offered: LimitsFormFacts; draftOf: () => object | null }) {
  const [open, setOpen] = useState(false);
  return (
    // What is asked here is no part of the draft, and an answer has saved none of it.
    <section data-confirms="" aria-label="Try it" className="mt-6 border-border border-t pt-5">
      {open ? (
        <>
          <h2 className="mb-3">Try it before it is saved</h2>
          <KeptForm value={null}>
            <Simulator applications={offered.applications} draftOf={draftOf} />
          </KeptForm>
        </>
      ) : (
        <Button onClick={() => setOpen(true)}>Simulate this draft</Button>
      )}
    </section>
  );
}
