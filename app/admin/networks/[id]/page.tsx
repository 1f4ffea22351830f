import type { Metadata } from "next";
import { DeleteDialog } from "#components/api/delete-dialog";
import { KeepTyped } from "#components/api/keep-typed";
import { NetworkForm } from "#components/networks/network-form";
import { NetworkRanges } from "#components/networks/network-ranges";
import { Card, CardHead } from "#components/ui/card";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/access/can";
import { findNetwork } from "#lib/networks/queries";
import { usesInWords } from "#lib/networks/uses";
import { readReader } from "../../../reader";
import { signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "Network" };

export default signedInPage({
  path: "/admin/networks/[id]",
  may: "networks.read",
  find: ({ viewer, params }) => findNetwork(viewer, params.id),
  here: "networks",
  draw: async ({ viewer, found: { network, uses: used } }) => {
    const uses = usesInWords(used);
    const mayWrite = can(viewer, "networks.write");
    return (
      <>
        <PageHead
          title={network.name}
          crumb={{ href: "/admin/networks", label: "Networks" }}
          help="/help#network"
          actions={
            mayWrite &&
            uses.length === 0 && (
              <DeleteDialog
                path={`/api/v1/networks/${network.id}`}
                what={`the network ${network.name}`}
                after="/admin/networks"
              >
                Nothing names it. Its ranges are gone then; the audit log keeps them.
              </DeleteDialog>
            )
          }
        />
        <div className="grid items-start gap-4 desk:grid-cols-[1fr_360px]">
          <Card aria-labelledby="ranges">
            <CardHead id="ranges">Ranges</CardHead>
            <div className="p-4">
              {mayWrite ? (
                <KeepTyped of={network}>
                  <NetworkForm network={network} named={uses.length > 0} reader={await readReader()} />
                </KeepTyped>
              ) : (
                <NetworkRanges ranges={network.ranges} />
              )}
            </div>
          </Card>
          <Card aria-labelledby="uses">
            <CardHead id="uses">Where it is named</CardHead>
            <div className="p-4 text-sm">
              {uses.length === 0 ? (
                <p className="text-fg-3">Nowhere yet.</p>
              ) : (
                <>
                  <ul className="grid gap-1">
                    {uses.map((use) => (
                      <li key={use}>{use.charAt(0).toUpperCase() + use.slice(1)}</li>
                    ))}
                  </ul>
                  <p className="mt-3 text-fg-3">A change of its ranges holds for all of these at once.</p>
                </>
              )}
            </div>
          </Card>
        </div>
      </>
    );
  },
});
