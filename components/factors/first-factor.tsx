"use client";
import { useState } from "react";
import type { Enrolled } from "#lib/factors/factor";
import { goOn } from "../sign-in/go-on";
import { Card, CardHead } from "../ui/card";
import { AddPasskey } from "./add-passkey";
import { RecoveryCodes } from "./recovery-codes";
import { SetUpApp } from "./set-up-app";

/** The first second factor, for whose role needs one. Then the recovery codes, then on to where they wanted. */
export function FirstFactor({ to }: { to: string }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const further = () => goOn(to);
  const done = ({ recoveryCodes }: Enrolled) => (recoveryCodes === null ? further() : setCodes(recoveryCodes));
  if (codes !== null) {
    return (
      <Card aria-labelledby="codes">
        <CardHead id="codes">Keep your recovery codes</CardHead>
        <div className="p-4">
          <RecoveryCodes codes={codes} onKept={further} />
        </div>
      </Card>
    );
  }
  return (
    <div className="grid gap-4">
      <Card aria-labelledby="app">
        <CardHead id="app">With an authenticator app</CardHead>
        <div className="p-4">
          <SetUpApp onDone={done} />
        </div>
      </Card>
      <Card aria-labelledby="passkey">
        <CardHead id="passkey">With a passkey</CardHead>
        <div className="grid gap-3 p-4">
          <p className="text-pretty text-fg-2">Your finger, face or PIN on this device, a phone, or a security key.</p>
          <AddPasskey onDone={done} />
        </div>
      </Card>
    </div>
  );
}
