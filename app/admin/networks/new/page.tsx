import type { Metadata } from "next";
import { NetworkForm } from "#components/networks/network-form";
import { PageHead } from "#components/ui/page-head";
import { readReader } from "../../../reader";
import { requireAbility } from "../../../require-viewer";
import { SignedIn } from "../../../signed-in";

export const metadata: Metadata = { title: "New network" };

export default async function NewNetworkPage() {
  const viewer = await requireAbility("networks.write", "/admin/networks/new");
  return (
    <SignedIn viewer={viewer} here="networks">
      <div className="mx-auto max-w-[1064px]">
        <PageHead title="New network" crumb={{ href: "/admin/networks", label: "Networks" }} help="/help#networks" />
        <NetworkForm network={null} named={false} reader={await readReader()} />
      </div>
    </SignedIn>
  );
}
