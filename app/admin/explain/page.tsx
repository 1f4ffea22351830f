import type { Metadata } from "next";
import { Explain } from "#components/explain/explain";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/access/can";
import { pageOfApplications } from "#lib/applications/queries-pages";
import { pageOfGateways } from "#lib/gateways/queries-pages";
import { listOwnTokens } from "#lib/tokens/queries";
import { nothingToFind, signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "Explain" };

const MOST = { limit: "100" };

/** Everybody has requests with tokens of their own explained; the API refuses the rest to who has no role. */
export default signedInPage({
  path: "/admin/explain",
  may: "everybody",
  find: nothingToFind,
  here: "explain",
  draw: async ({ viewer }) => {
    const tokens = (await listOwnTokens(viewer)).filter(({ hint }) => hint !== null);
    const sees = can(viewer, "gateways.read") && can(viewer, "applications.read");
    const [gateways, applications] = sees
      ? await Promise.all([pageOfGateways(viewer, MOST), pageOfApplications(viewer, MOST)])
      : [{ items: [] }, { items: [] }];
    return (
      <>
        <PageHead title="Explain" sentence="Why a request passes or is refused, step by step." help="/help#explain" />
        <Explain
          tokens={tokens.map(({ id, name, hint }) => ({ id, name, hint }))}
          choices={{
            gateways: gateways.items.map(({ id, key }) => ({ id, key })),
            applications: applications.items.map(({ id, key, name }) => ({ id, key, name })),
          }}
          address={viewer.address}
        />
      </>
    );
  },
});
