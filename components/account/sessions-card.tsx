"use client";
import { MapPin } from "lucide-react";
import { useRouter } from "next/navigation";
import type { SessionView } from "#lib/sessions/queries";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Card, CardHead } from "../ui/card";
import { Flag } from "../ui/flag";
import { notify } from "../ui/notify";
import { Time } from "../ui/time";
import { ago, type Reader } from "../ui/time-words";
import { browserWords } from "./browser-words";

/** Where one is signed in, and how to end what one does not know. */
export function SessionsCard({ sessions, reader }: { sessions: readonly SessionView[]; reader: Reader }) {
  const { refresh } = useRouter();
  const { busy, problem, send } = useSubmit();
  const others = sessions.filter((session) => !session.current);
  const end = (path: `/api/v1/me/sessions${string}`, text: string) =>
    void send(
      () => request("DELETE", path, {}),
      () => {
        notify({ tone: "done", text });
        refresh();
      },
    );
  const endOthers = (
    <Button size="sm" disabled={busy} onClick={() => end("/api/v1/me/sessions", "Signed out everywhere else.")}>
      Sign out everywhere else
    </Button>
  );
  return (
    <Card aria-labelledby="sessions">
      <CardHead id="sessions" aside={others.length > 0 && endOthers}>
        Where you are signed in
      </CardHead>
      <div className="p-4 empty:hidden">
        <FormError problem={problem} shown={[]} />
      </div>
      <ul className="divide-y divide-border">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {browserWords(session.userAgent)}
                {session.current && <Flag icon={MapPin}>This one</Flag>}
              </p>
              <p className="text-sm text-fg-2">
                from <span className="mono">{session.address}</span>, seen{" "}
                <Time at={session.seenAt} reader={reader}>
                  {ago(Date.parse(session.seenAt), reader)}
                </Time>
                , since{" "}
                <Time at={session.createdAt} reader={reader}>
                  {ago(Date.parse(session.createdAt), reader)}
                </Time>
                {session.secondFactor && ", with a second factor"}
              </p>
            </div>
            {!session.current && (
              <Button
                size="sm"
                look="quiet"
                disabled={busy}
                aria-label={`Sign out ${browserWords(session.userAgent)} from ${session.address}`}
                onClick={() => end(`/api/v1/me/sessions/${session.id}`, "Signed out there.")}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
