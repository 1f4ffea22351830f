import type { QuarantineView } from "#lib/journal/view";
import { Note } from "../ui/note";
import { TextLink } from "../ui/text-link";

/** Above every page of who can do something about it: that nothing works, and why. */
export function QuarantineNote({ why }: { why: QuarantineView["why"] }) {
  return (
    <Note tone="danger" role="status">
      <strong>This installation is in quarantine: every token is refused.</strong> {why}{" "}
      <TextLink href="/admin/settings#quarantine">What to do</TextLink>
    </Note>
  );
}
