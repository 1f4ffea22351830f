import type { QuarantineView } from "#lib/journal/view";
import { AskDialog } from "../api/ask-dialog";
import { Card, CardHead } from "../ui/card";
import { TextLink } from "../ui/text-link";
import { Time } from "../ui/time";
import { ago, type Reader } from "../ui/time-words";

type Props = { quarantine: QuarantineView; mayEnd: boolean; reader: Reader };

const REPLAY = <code className="mono text-xs">npm run latchkey -- journal replay</code>;

/** What somebody does about it first, by why there is one. */
const FIRST = {
  behind: <>On the machine of the portal, {REPLAY} ends again what has ended since.</>,
  elsewhere: (
    <>
      If Latchkey has moved here, run {REPLAY} on the machine of the portal first if a backup was restored for it, then
      end it. If this is a copy for trying things out, revoke its tokens first: they are the same secrets.
    </>
  ),
} as const;

/** The quarantine on the page of the settings: why, since when, what to do, and the word that ends it. */
export function QuarantineCard({ quarantine: { why, since, cause }, mayEnd, reader }: Props) {
  return (
    <Card aria-labelledby="quarantine">
      <CardHead id="quarantine">Quarantine</CardHead>
      <div className="grid max-w-[640px] justify-items-start gap-3 p-4 text-pretty text-sm">
        <p>
          Verifiers refuse every request with 503
          {since !== null && (
            <>
              , since{" "}
              <Time at={since} reader={reader}>
                {ago(Date.parse(since), reader)}
              </Time>
            </>
          )}
          . {why}
        </p>
        <p>
          {cause !== null && FIRST[cause]} <TextLink href="/help#quarantine">More about this</TextLink>
        </p>
        {mayEnd && (
          <AskDialog
            label="End the quarantine …"
            look={{ look: "secondary" }}
            title="End the quarantine?"
            method="POST"
            path="/api/v1/quarantine/end"
            confirm="End it"
            busy="Ending …"
            keep="Leave it"
            danger
            done="The quarantine has ended."
            verb="In force"
            reader={reader}
          >
            {cause === "elsewhere"
              ? "This database becomes an installation of its own, at the address of this portal. Its tokens work here from then on. Where the journal tells of ends that it does not know, this is refused: replay them first."
              : "This database is the one that holds from then on. While the journal tells of ends that it does not know, or of anything that was done to people, this is refused: the command line ends the quarantine then."}
          </AskDialog>
        )}
      </div>
    </Card>
  );
}
