import { defineEvents, event } from "#lib/audit/define";
import { text, when } from "#lib/audit/words";

/** Which key of a purpose signs; and after a rotation which one will, when it comes to that. */
type Signing = { readonly active: string };
type Rotated = { readonly active: string; readonly next: string; readonly leaked?: boolean };

/** What can happen to the keys of the installation. Names of keys are no secrets. */
export const KEY_EVENTS = defineEvents("key", {
  "key.rotated": event<Signing, Rotated>(
    ({ subject, after }) =>
      `rotated the ${subject} key${when(text(after?.active), (active) => ` to ${active}`)}${after?.leaked ? ", because the one before had leaked" : ""}`,
  ),
  "key.rewrapped": event<null, { readonly keys: number }>(() => "wrapped the keys anew with LATCHKEY_SECRET"),
});
