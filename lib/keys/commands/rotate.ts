import { z } from "zod";
import { defineCommand } from "#lib/commands/command";
import { ok, type Result, refuse, tooSoon } from "#lib/errors/error";
import { ensureKeys } from "#lib/keys/ensure";
import { KEY_PURPOSES, newKey, USED_PURPOSES, unwrapKey } from "#lib/keys/key";
import { tooNewForMs } from "#lib/keys/life";
import { acceptedWrappingKeys } from "#lib/keys/secrets";
import { type KeyRow, lockKeys, takeTurns } from "#lib/keys/store";

type Turn = { readonly active: KeyRow; readonly next: KeyRow };

function turnOf(rows: readonly KeyRow[]): Result<Turn> {
  const active = rows.find(({ state }) => state === "active");
  const next = rows.find(({ state }) => state === "next");
  if (active === undefined || next === undefined) throw new Error("the keys of a purpose are not whole");
  // Made active, a key that nobody can open would stop everything that its purpose is for.
  if (unwrapKey(next.kid, next.wrapped, acceptedWrappingKeys(next.purpose)) === null)
    return refuse("unavailable", `LATCHKEY_SECRET does not open the key ${next.kid}: nothing was changed.`);
  return ok({ active, next });
}

/** What lives no longer than a while: a leaked key of these opens nothing more. Of the others it must, or all is lost. */
const DONE_WITHOUT = new Set<string>(["session", "assertion"]);

/**
 * Rotates the key of a purpose: the next one, which everybody knows by now, takes the place of the active one, which goes
 * on opening what it made. Refuses `too_many_requests` while the next one is too new to be known everywhere.
 * `leaked`: whoever has the active one shall be stopped, at once, whoever has to sign in or ask again for it.
 */
export const rotateKey = defineCommand({
  input: z.strictObject({ purpose: z.enum(KEY_PURPOSES), leaked: z.boolean().default(false) }),
  door: ["cli"],
  stepUp: false,
  administration: "untouched",
  prepare: async ({ db, now }, { purpose, leaked }) => {
    if (leaked && !DONE_WITHOUT.has(purpose)) {
      const message = `What the ${purpose} key made must still be opened: rotate it without this.`;
      return refuse("invalid_input", message, [{ path: "leaked", message }]);
    }
    if (USED_PURPOSES.every((each) => each !== purpose))
      return refuse("not_found", `There is no ${purpose} key: this version sends no mail.`);
    await ensureKeys(db, purpose, now);
    return ok(newKey(purpose));
  },
  subject: async ({ tx }, { purpose }) => turnOf(await lockKeys(tx, purpose)),
  allows: (_operator, { next }, { purpose, leaked }, now) => {
    const seconds = Math.ceil(tooNewForMs(purpose, next.createdAt.getTime(), now) / 1_000);
    if (seconds <= 0 || leaked) return ok(undefined);
    return tooSoon(
      seconds,
      `The next ${purpose} key is not known everywhere yet: rotate in ${seconds} seconds. If the active one has leaked, say so (--leaked): then they take turns now.`,
    );
  },
  perform: async ({ tx, now, prepared: fresh }, { active, next }, { purpose, leaked }) => {
    const gone = leaked ? "leaked" : "retired";
    await takeTurns(tx, { purpose, active: active.kid, next: next.kid, fresh, gone }, now);
    const detail = { before: { active: active.kid }, after: { active: next.kid, next: fresh.kid, leaked } };
    return ok({
      output: { purpose, active: next.kid, next: fresh.kid, retired: active.kid },
      events: [{ action: "key.rotated", subject: { id: null, name: purpose }, detail }],
    });
  },
  conflicts: {},
});
