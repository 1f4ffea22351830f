import { generateSync } from "otplib";
import type { SessionViewer } from "#lib/access/viewer";
import { execute } from "#lib/commands/execute";
import { confirmTotp } from "#lib/factors/commands/confirm-totp";
import { startTotp } from "#lib/factors/commands/start-totp";
import { outputOf } from "./api";
import type { TestInstallation } from "./installation";

/** The code that an authenticator app with this secret shows at this time (epoch ms). */
export const codeAt = (secret: string, at: number): string => generateSync({ secret, epoch: Math.floor(at / 1000) });

/** An authenticator app that was set up at this time. */
export type App = { readonly id: string; readonly secret: string; readonly recoveryCodes: readonly string[] };

/** Sets up an authenticator app as the page does; its code of that moment is spent with it. */
export async function enrol({ db }: TestInstallation, viewer: SessionViewer, now: number): Promise<App> {
  const { id, secret } = await outputOf(execute(db, startTotp, viewer, {}, now));
  const { recoveryCodes } = await outputOf(execute(db, confirmTotp, viewer, { id, code: codeAt(secret, now) }, now));
  return { id, secret, recoveryCodes: recoveryCodes ?? [] };
}
