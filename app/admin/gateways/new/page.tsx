import type { Metadata } from "next";
import { NewGateway } from "#components/gateways/new-gateway";
import { single } from "#components/ui/list-address";
import { PageHead } from "#components/ui/page-head";
import { LATCHKEY } from "#lib/applications/application";
import { applicationNames } from "#lib/applications/queries";
import { GATEWAY_ADAPTERS } from "#lib/gateways/gateway";
import { nothingToFind, signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "New gateway" };

export default signedInPage({
  path: "/admin/gateways/new",
  may: "gateways.write",
  find: nothingToFind,
  here: "gateways",
  draw: async ({ viewer, query }) => {
    const applications = (await applicationNames(viewer)).filter(({ key }) => key !== LATCHKEY);
    const wanted = single(query.application);
    return (
      <>
        <PageHead title="New gateway" crumb={{ href: "/admin/gateways", label: "Gateways" }} help="/help#new-gateway" />
        <NewGateway
          adapters={GATEWAY_ADAPTERS}
          choices={applications}
          chosen={wanted || applications.length !== 1 ? [wanted] : applications.map(({ key }) => key)}
        />
      </>
    );
  },
});
