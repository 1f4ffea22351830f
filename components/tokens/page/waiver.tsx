import type { TokenView } from "#lib/tokens/view";
import { AskDialog } from "../../api/ask-dialog";
import { Card, CardHead } from "../../ui/card";
import { Fact, Facts } from "../../ui/facts";
import { Time } from "../../ui/time";
import { dayAndYearOf, type Reader } from "../../ui/time-words";
import { hasEnded } from "../list/grouping";
import { type ApplicationName, accessWords, applicationWords } from "../token-words";
import { WaiverDialog } from "./waiver-dialog";

type Props = {
  token: TokenView;
  /** Administrators change waivers; nobody gives one to a token of their own, or of an account they maintain. */
  mayChange: boolean;
  own: boolean;
  applications: readonly ApplicationName[];
  reader: Reader;
};

/** The waiver of a token, as long as it holds, and what an administrator does about it. Nothing where there is nothing. */
export function WaiverCard({ token, mayChange, own, applications, reader }: Props) {
  const { waiver } = token;
  const held = waiver !== null && Date.parse(waiver.until) > reader.now ? waiver : null;
  const mayGive = mayChange && !own;
  if (hasEnded(token) || (held === null && !mayGive)) return null;
  return (
    <Card aria-labelledby="waiver" className="min-w-0">
      <CardHead id="waiver">Waiver</CardHead>
      {held === null ? (
        <div className="flex flex-wrap items-center gap-3 px-4 py-3 text-sm text-fg-2">
          <span className="min-w-0 flex-1 basis-48">None: it may what its rules let it, and nothing else.</span>
          <WaiverDialog token={token} until={null} reader={reader} />
        </div>
      ) : (
        <>
          <Facts>
            <Fact name="Until">
              <Time at={held.until} reader={reader}>
                {dayAndYearOf(Date.parse(held.until), reader)}
              </Time>
            </Fact>
            <Fact name="Keeps">
              {accessWords(held.keeps.access)} in {applicationWords(held.keeps.applications, applications)}
            </Fact>
            <Fact name="By">
              {held.by}: {held.why}
            </Fact>
          </Facts>
          {mayChange && (
            <div className="flex flex-wrap gap-2 border-border border-t px-4 py-3">
              {mayGive && <WaiverDialog token={token} until={held.until} reader={reader} />}
              <AskDialog
                label="End it now"
                look={{ look: "secondary-red", size: "sm" }}
                title={`End the waiver of “${token.name}”?`}
                method="PATCH"
                path={`/api/v1/tokens/${token.id}/waiver`}
                body={{ until: null }}
                confirm="End it"
                busy="Ending …"
                keep="Leave it"
                danger
                done="Ended the waiver."
                verb="In force"
                reader={reader}
              >
                What only the waiver lets pass is refused from the next request on.
              </AskDialog>
            </div>
          )}
        </>
      )}
    </Card>
  );
}
