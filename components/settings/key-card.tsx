import type { KeyView, UsedPurpose } from "#lib/keys/view";
import { Card, CardHead } from "../ui/card";
import { CopyButton } from "../ui/copy-button";
import { TextLink } from "../ui/text-link";
import { Time } from "../ui/time";
import { ago, type Reader, until } from "../ui/time-words";
import { keyLines } from "./key-words";

const PURPOSES: Readonly<Record<UsedPurpose, readonly [name: string, does: string]>> = {
  session: ["session", "Signs who is signed in to these pages"],
  assertion: ["assertion", "Signs whose token it is, for applications with identity jwt"],
  vault: ["vault", "Seals the secrets of authenticator apps"],
  audit: ["audit", "Signs the chain of the audit log"],
};

/** The keys of the key table: which is used now, since when, how long earlier ones still open, and what rotates them. */
export function KeyCard({ keys, reader }: { keys: readonly KeyView[]; reader: Reader }) {
  const purposes = Object.keys(PURPOSES) as UsedPurpose[];
  return (
    <Card aria-labelledby="keys">
      <CardHead id="keys">Keys</CardHead>
      <p className="max-w-[640px] text-pretty px-4 pt-3 text-sm text-fg-2">
        Latchkey made them itself; their names are no secrets. A rotation is a command on the machine of the portal.{" "}
        <TextLink href="/help#keys">More about keys</TextLink>
      </p>
      <ul className="px-4 pb-2">
        {purposes.map((purpose) => (
          <li
            key={purpose}
            className="grid grid-cols-[minmax(0,1fr)] gap-2 border-border border-b py-3 text-sm last:border-b-0 desk:grid-cols-[180px_minmax(0,1fr)_auto]"
          >
            <div>
              <b className="block font-medium">{PURPOSES[purpose][0]}</b>
              <span className="text-xs text-fg-3">{PURPOSES[purpose][1]}</span>
            </div>
            <ul className="grid content-start gap-1">
              {keyLines(keys.filter((key) => key.purpose === purpose)).map(({ id, words, at }) => (
                <li key={id ?? words} className="text-fg-2">
                  {id !== null && <span className="mono mr-2 text-fg text-xs [overflow-wrap:anywhere]">{id}</span>}
                  {words}
                  {at !== null && (
                    <>
                      {" "}
                      <Time at={at} reader={reader}>
                        {Date.parse(at) > reader.now ? until(Date.parse(at), reader) : ago(Date.parse(at), reader)}
                      </Time>
                    </>
                  )}
                </li>
              ))}
            </ul>
            <Command purpose={purpose} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Command({ purpose }: { purpose: UsedPurpose }) {
  const command = `npm run latchkey -- key rotate --purpose ${purpose}`;
  return (
    <div className="flex min-w-0 items-start gap-2">
      <code className="mono min-w-0 flex-1 py-1 text-xs text-fg-2 desk:max-w-[220px]">{command}</code>
      <CopyButton text={command} name={`Copy what rotates the ${purpose} key`} size="sm" />
    </div>
  );
}
