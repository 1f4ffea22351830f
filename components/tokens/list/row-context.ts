import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import type { Role } from "#lib/users/user";
import type { Reader } from "../../ui/time-words";

/** What every row is drawn with. */
export type RowContext = {
  readonly viewer: { readonly userId: string; readonly username: string; readonly role: Role };
  readonly applications: TokenFormFacts["applications"];
  readonly reader: Reader;
};
