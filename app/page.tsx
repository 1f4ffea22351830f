import { redirect } from "next/navigation";
import { can } from "#lib/access/can";
import { setupState } from "#lib/settings/queries";
import { requireViewer } from "./require-viewer";

export default async function Home() {
  if ((await setupState()).open) redirect("/setup");
  redirect(can(await requireViewer(), "tokens.read-all") ? "/overview" : "/tokens");
}
