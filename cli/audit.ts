import { verifyAuditChain } from "#lib/audit/verify";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok } from "#lib/errors/error";
import { keyRing } from "#lib/keys/ring";
import { verb } from "./verb";

export const audit = {
  verify: verb({
    about: "Check the chain of the audit log and name the first event that is not what was written",
    options: {},
    run: (_given, desk) =>
      desk.ask(async () => ok(await verifyAuditChain(database(), await keyRing(database(), "audit", now())))),
    fails: (answer) => "firstBad" in answer && answer.firstBad !== null,
  }),
};
