import { redirect } from "next/navigation";
import { setupState } from "#lib/settings/queries";
import { requireViewer } from "./require-viewer";

export default async function Home() {
  if ((await setupState()).open) redirect("/setup");
  await requireViewer();
  redirect("/tokens");
}
