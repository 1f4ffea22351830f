import type { Metadata } from "next";
import { NetworkForm } from "#components/networks/network-form";
import { PageHead } from "#components/ui/page-head";
import { readReader } from "../../../reader";
import { nothingToFind, signedInPage } from "../../../signed-in-page";

export const metadata: Metadata = { title: "New network" };

export default signedInPage({
  path: "/admin/networks/new",
  may: "networks.write",
  find: nothingToFind,
  here: "networks",
  draw: async () => (
    <>
      <PageHead title="New network" crumb={{ href: "/admin/networks", label: "Networks" }} help="/help#new-network" />
      <NetworkForm network={null} named={false} reader={await readReader()} />
    </>
  ),
});
