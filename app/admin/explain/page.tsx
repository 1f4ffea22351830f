import type { Metadata } from "next";
import { Explain } from "#components/explain/explain";
import { PastForm } from "#components/explain/past-form";
import { PastVerdict } from "#components/explain/past-verdict";
import { single } from "#components/ui/list-address";
import { Note } from "#components/ui/note";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/access/can";
import { pageOfApplications } from "#lib/applications/queries-pages";
import { pageOfGateways } from "#lib/gateways/queries-pages";
import { listOwnTokens } from "#lib/tokens/queries";
import { pastById } from "#lib/verification/queries-past";
import { readReader } from "../../reader";
import { nothingToFind, signedInPage } from "../../signed-in-page";

export const metadata: Metadata = { title: "Explain" };

const MOST = { limit: "100" };

/** Everybody has requests with tokens of their own explained; the API refuses the rest to who has no role. */
export default signedInPage({
  path: "/admin/explain",
  may: "everybody",
  find: nothingToFind,
  here: "explain",
  draw: async ({ viewer, query }) => {
    const requestId = single(query.request);
    const reader = await readReader();
    const past = requestId === "" ? null : await pastById(viewer, requestId);
    const tokens = (await listOwnTokens(viewer)).filter(({ hint }) => hint !== null);
    const sees = can(viewer, "gateways.read") && can(viewer, "applications.read");
    const [gateways, applications] = sees
      ? await Promise.all([pageOfGateways(viewer, MOST), pageOfApplications(viewer, MOST)])
      : [{ items: [] }, { items: [] }];
    return (
      <>
        <PageHead title="Explain" sentence="Why a request passes or is refused, step by step." help="/help#explain" />
        <div className="mb-4 grid gap-4">
          <PastForm requestId={requestId} id="request-id" />
          {past?.ok && <PastVerdict past={past.value} reader={reader} />}
          {past?.ok === false && <Note tone="warning">{past.refusal.detail}</Note>}
        </div>
        <h2 className="mb-2">Or describe a request</h2>
        <Explain
          tokens={tokens.map(({ id, name, hint }) => ({ id, name, hint }))}
          choices={{
            gateways: gateways.items.map(({ id, key }) => ({ id, key })),
            applications: applications.items.map(({ id, key, name }) => ({ id, key, name })),
          }}
          address={viewer.address}
          zone={reader.zone}
        />
      </>
    );
  },
});
