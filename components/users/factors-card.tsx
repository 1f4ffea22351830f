import type { FactorView } from "#lib/factors/factor";
import { AskDialog } from "../api/ask-dialog";
import { Card, CardHead } from "../ui/card";
import { Time } from "../ui/time";
import { ago, type Reader } from "../ui/time-words";

type Props = {
  user: { readonly id: string; readonly username: string };
  factors: readonly FactorView[];
  /** An administrator's, and never of their own. */
  mayReset: boolean;
  reader: Reader;
};

const KIND = { totp: "Authenticator app", passkey: "Passkey" } as const;

/** What somebody proves themselves with besides the password, and the way back for who lost it. */
export function UserFactors({ user: { id, username }, factors, mayReset, reader }: Props) {
  return (
    <Card aria-labelledby="second-factor">
      <CardHead
        id="second-factor"
        aside={
          mayReset &&
          factors.length > 0 && (
            <AskDialog
              label="Reset"
              name="Reset the second factor"
              look={{ look: "quiet-red", size: "sm" }}
              title={`Reset the second factor of ${username}?`}
              method="POST"
              path={`/api/v1/users/${id}/reset-factors`}
              confirm="Reset"
              busy="Resetting …"
              keep="Leave it"
              danger
              done={`Reset the second factor of ${username}.`}
              reader={reader}
            >
              <b className="text-fg">See first that it is them.</b> Every app, passkey and recovery code goes, and they
              are signed out everywhere. Until they add another one, their password alone signs in; with a role they
              have to add one first.
            </AskDialog>
          )
        }
      >
        Second factor
      </CardHead>
      {factors.length === 0 && <p className="px-4 py-3 text-sm text-fg-3">None.</p>}
      <ul className="divide-y divide-border">
        {factors.map((factor) => (
          <li key={factor.id} className="px-4 py-2 text-sm">
            <bdi className="[overflow-wrap:anywhere]">{factor.name}</bdi>
            <span className="block text-xs text-fg-3">
              {KIND[factor.kind]},{" "}
              {factor.lastUsedAt === null ? (
                "never used"
              ) : (
                <>
                  used{" "}
                  <Time at={factor.lastUsedAt} reader={reader}>
                    {ago(Date.parse(factor.lastUsedAt), reader)}
                  </Time>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
