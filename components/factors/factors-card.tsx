"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Enrolled } from "#lib/factors/factor";
import type { OwnFactors } from "#lib/factors/queries";
import { DeleteDialog } from "../api/delete-dialog";
import { Card, CardHead } from "../ui/card";
import { Dialog } from "../ui/dialog";
import { Time } from "../ui/time";
import { ago, type Reader } from "../ui/time-words";
import { AddPasskey } from "./add-passkey";
import { NewCodes } from "./new-codes";
import { RecoveryCodes } from "./recovery-codes";
import { SetUpApp } from "./set-up-app";

const used = (at: string | null, reader: Reader) =>
  at === null ? "never used" : `used ${ago(Date.parse(at), reader)}`;

/** One's second factors: what there is, adding, removing, and the recovery codes. */
export function FactorsCard({ factors, reader }: { factors: OwnFactors; reader: Reader }) {
  const { refresh } = useRouter();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [adding, setAdding] = useState(0);
  const { items, recoveryCodesLeft, required } = factors;
  const done = ({ recoveryCodes }: Enrolled) => {
    setCodes(recoveryCodes);
    setAdding(adding + 1); // the next app begins anew
    refresh();
  };
  return (
    <Card aria-labelledby="factors">
      <CardHead id="factors">Second factor</CardHead>
      {items.length > 0 && (
        <ul className="divide-y divide-border border-border border-b">
          {items.map(({ id, name, createdAt, lastUsedAt }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
              <div className="min-w-0 flex-1">
                <p className="font-medium [overflow-wrap:anywhere]">{name}</p>
                <p className="text-sm text-fg-2">
                  added{" "}
                  <Time at={createdAt} reader={reader}>
                    {ago(Date.parse(createdAt), reader)}
                  </Time>
                  , {used(lastUsedAt, reader)}
                </p>
              </div>
              {(items.length > 1 || !required) && (
                <DeleteDialog path={`/api/v1/me/factors/${id}`} what={name} after="/account">
                  It will not let you in any more.{" "}
                  {items.length === 1 && "It is your last one: your password alone opens your account then."}
                </DeleteDialog>
              )}
            </li>
          ))}
        </ul>
      )}
      <div className="grid gap-4 p-4">
        <p className="text-pretty text-fg-2">
          {items.length === 0
            ? "Besides your password: a code of an app, or a passkey. Then a stolen password opens nothing."
            : "A second one is a good idea: for the day when the first is lost."}
        </p>
        <SetUpApp key={adding} onDone={done} />
        <AddPasskey onDone={done} />
        {items.length > 0 && <NewCodes left={recoveryCodesLeft} onMade={setCodes} />}
      </div>
      <Dialog open={codes !== null} onOpenChange={() => setCodes(null)} role="alertdialog" title="Recovery codes">
        <RecoveryCodes codes={codes ?? []} onKept={() => setCodes(null)} />
      </Dialog>
    </Card>
  );
}
