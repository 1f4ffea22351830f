import { Check, CircleDashed, CircleQuestionMark } from "lucide-react";
import type { ReactNode } from "react";
import type { Connection } from "#lib/gateways/queries-connection";
import { Card, CardHead } from "../ui/card";
import { Icon } from "../ui/icon";
import { ago, type Reader } from "../ui/time-words";
import { KeepFresh } from "./keep-fresh";

type Props = { connection: Connection; reader: Reader };

/** What can be seen from here of whether it works; what cannot be seen says so. */
export function DoesItWork({ connection, reader }: Props) {
  const { gateway, calls } = connection;
  const sum = (some: typeof calls) => some.reduce((total, each) => total + each.calls, 0);
  const heard = gateway?.lastContactAt ?? null;
  const browsers = sum(calls.filter(({ auth, allowed }) => auth === "none" && allowed));
  const tokens = sum(calls.filter(({ auth, allowed }) => auth === "token" && allowed));
  const refused = sum(calls.filter(({ allowed }) => !allowed));
  return (
    <Card aria-labelledby="works">
      <CardHead id="works" aside={<span className="text-sm text-fg-3">Asked again every few seconds</span>}>
        Does it work?
      </CardHead>
      <KeepFresh />
      <ul aria-live="polite" aria-label="What has come so far" className="divide-y divide-border">
        <Line
          done={heard !== null}
          title={heard === null ? "Waiting for the gateway’s first call …" : "The gateway calls us"}
        >
          {heard === null
            ? "It has not called yet. Reload nginx, then open the application through it."
            : `${gateway?.key}, ${ago(Date.parse(heard), reader)}`}
        </Line>
        <Line
          done={calls.length > 0}
          title={calls.length > 0 ? "It asks about this application" : "No request to this application yet"}
        >
          {calls.length > 0
            ? `${sum(calls).toLocaleString("en")} in the last 24 hours, ${refused.toLocaleString("en")} of them refused`
            : "Open it through the gateway."}
        </Line>
        <Line done={browsers > 0} title="A browser still passes">
          {browsers > 0
            ? "Requests without a credential were let through."
            : "None was seen. On the main host they are not asked about at all."}
        </Line>
        <Line done={tokens > 0} title="A token passes">
          {tokens > 0 ? "Requests with a token were allowed." : "Make one for yourself and try it."}
        </Line>
        <Line done={null} title="A forged X-Latchkey-User, its own port, your address">
          Cannot be seen from here. Try by hand: the configuration sets every identity header itself, and the
          application’s port must answer the gateway only.
        </Line>
      </ul>
    </Card>
  );
}

function Line({ done, title, children }: { done: boolean | null; title: string; children: ReactNode }) {
  const icon = done === null ? CircleQuestionMark : done ? Check : CircleDashed;
  const look = done ? "bg-success-bg text-success-fg" : "bg-surface-3 text-fg-3";
  return (
    <li className="flex gap-3 px-4 py-3">
      <span className={`grid size-5 flex-none place-items-center rounded-full ${look}`}>
        <Icon of={icon} size={14} />
      </span>
      <div className="min-w-0">
        <p className="font-medium">
          {title}
          <span className="sr-only">{done === null ? " (cannot be seen)" : done ? " (seen)" : " (not seen yet)"}</span>
        </p>
        <p className="text-sm text-fg-2">{children}</p>
      </div>
    </li>
  );
}
