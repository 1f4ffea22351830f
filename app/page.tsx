import { redirect } from "next/navigation";
import { requireViewer } from "#lib/auth/require-viewer";
import { setupState } from "#lib/settings/queries";

export default async function Home() {
  if ((await setupState()).open) redirect("/setup");
  await requireViewer();
  redirect("/tokens");
}
